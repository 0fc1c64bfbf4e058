// The channel page: what one person of the world sees in a channel, live, and what they say and use there.
import { element } from './dom.js'
import { CommandMenu, commandForm, leaves } from './commands.js'
import { displayName, messageItem } from './message.js'

const [, , guildId, channelId] = location.pathname.split('/')
const at = (id) => document.getElementById(id)
const box = at('text')
const personList = at('person')
const messages = at('messages')
const status = at('status')
const composer = at('composer')

/** What the server last told of the world, and what follows from it. */
let directory = { person: undefined, people: [], roles: [], channels: [], commands: [] }
const dismissed = new Set()
/** Whether the newest messages are seen, and stay so when there are more or less room. */
let pinned = true
let socket
let typingTimer
let form
/** The id of the message that is being edited. */
let editing

const menu = new CommandMenu(at('commands'), box, chooseCommand)

const nameIn = (list, nameOf, unknown) => (id) => {
  const found = list.find((entry) => entry.id === id)
  return found ? nameOf(found) : unknown
}

function takeState(state) {
  directory = {
    ...state,
    commands: leaves(state.commands),
    names: {
      user: nameIn(state.people, displayName, 'unknown-user'),
      role: nameIn(state.roles, ({ name }) => name.replace(/^@/, ''), 'unknown-role'),
      channel: nameIn(state.channels, ({ name }) => name, 'unknown'),
    },
  }
  const shown = state.messages.filter(({ id }) => !dismissed.has(id))
  drawPeople()
  messages.replaceChildren(...shown.map(draw))
  scrollDown()
  say('')
}

/** People who may be chosen: all but bots. */
function drawPeople() {
  const options = directory.people
    .filter(({ bot }) => !bot)
    .map((user) => element('option', { value: user.id, selected: user.id === directory.person }, displayName(user)))
  personList.replaceChildren(...options)
}

function draw(message) {
  return messageItem(message, directory, {
    act: (used) => interact({ type: 3, messageId: message.id, ...used }),
    edit: () => startEdit(message),
    dismiss: () => {
      dismissed.add(message.id)
      forget(message.id)
    },
  })
}

const itemOf = (id) => [...messages.children].find((item) => item.dataset.id === id)
const atEnd = () => messages.scrollHeight - messages.scrollTop - messages.clientHeight < 80
const scrollDown = () => (messages.scrollTop = messages.scrollHeight)

function takeMessage(message) {
  if (dismissed.has(message.id)) return
  const item = draw(message)
  const old = itemOf(message.id)
  if (old) old.replaceWith(item)
  else messages.append(item)
  while (messages.children.length > 500) messages.firstElementChild.remove()
  // Its size is known once it is drawn.
  if (pinned) requestAnimationFrame(scrollDown)
}

const forget = (id) => itemOf(id)?.remove()

/** An interaction that got no answer in time: beside what was used, or as a notice of its own. */
function takeFailure({ messageId, name }) {
  const item = messageId && itemOf(messageId)
  const text = item ? 'This interaction failed' : `/${name}: The application did not respond`
  const notice = element('p', { class: 'failed-interaction', role: 'alert' }, text)
  if (item) {
    item.querySelector('.failed-interaction')?.remove()
    item.querySelector('article').append(notice)
  } else {
    messages.append(element('li', { class: 'message ephemeral' }, notice))
    scrollDown()
  }
}

function takeTyping({ userId }) {
  at('typing').textContent = `${directory.names.user(userId)} is typing…`
  clearTimeout(typingTimer)
  typingTimer = setTimeout(() => (at('typing').textContent = ''), 10_000)
}

const handlers = {
  state: takeState,
  message: ({ message }) => takeMessage(message),
  delete: ({ id }) => forget(id),
  failure: takeFailure,
  typing: takeTyping,
  gone: () => say('This channel has gone.'),
}

function connect() {
  const address = new URL(`${location.pathname}/live`, location)
  address.protocol = address.protocol.replace('http', 'ws')
  if (directory.person) address.searchParams.set('person', directory.person)
  const opened = new WebSocket(address)
  socket = opened
  opened.addEventListener('message', ({ data }) => {
    const event = JSON.parse(data)
    handlers[event.type]?.(event)
  })
  opened.addEventListener('close', () => {
    if (socket !== opened) return
    say('The connection is lost. Trying again…')
    setTimeout(() => socket === opened && connect(), 1000)
  })
}

function say(text) {
  status.textContent = text
}

/** Asks the control API for something; what it refuses is told below the messages. */
async function ask(path, body, method = 'POST') {
  try {
    const answer = await fetch(path, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (answer.ok) return say('')
    say((await answer.json()).error)
  } catch {
    say('The simulator does not answer.')
  }
}

const interact = (fields) => ask('/sim/interactions', { userId: directory.person, channelId, ...fields })

function chooseCommand(command) {
  menu.hide()
  box.value = ''
  if (command.options.length === 0) return void interact({ type: 2, name: command.name, options: {} })
  const close = () => {
    form.remove()
    composer.hidden = false
    box.focus()
  }
  form = commandForm(command, directory, {
    cancel: close,
    send: (options) => {
      close()
      interact({ type: 2, name: command.name, options })
    },
  })
  composer.hidden = true
  composer.after(form)
  form.querySelector('input, select').focus()
}

function offerCommands() {
  if (box.value.startsWith('/')) menu.show(directory.commands, box.value.slice(1))
  else menu.hide()
  box.style.height = 'auto'
  box.style.height = `${box.scrollHeight}px`
}

/** `@name` of somebody here is a mention, as it is once Discord's own client sends it. */
function withMentions(text) {
  const names = directory.people.flatMap((user) => [displayName(user), user.username].map((name) => [`@${name}`, user.id]))
  names.sort(([a], [b]) => b.length - a.length)
  return names.reduce((written, [name, id]) => written.replaceAll(name, `<@${id}>`), text)
}

function startEdit(message) {
  editing = message.id
  box.value = message.content
  box.focus()
  say('Editing a message: Enter saves it, Escape leaves it as it is.')
}

function endEdit() {
  editing = undefined
  box.value = ''
  say('')
}

async function send() {
  const content = withMentions(box.value.trim())
  if (content === '') return
  const edited = editing
  endEdit()
  offerCommands()
  const path = `/sim/channels/${channelId}/messages`
  if (edited) await ask(`${path}/${edited}`, { content }, 'PATCH')
  else await ask(path, { authorId: directory.person, content })
}

messages.addEventListener('scroll', () => (pinned = atEnd()))
new ResizeObserver(() => pinned && scrollDown()).observe(messages)
box.addEventListener('input', offerCommands)
box.addEventListener('keydown', (event) => {
  if (menu.take(event.key)) return event.preventDefault()
  if (editing && event.key === 'Escape') return endEdit()
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  send()
})
composer.addEventListener('submit', (event) => {
  event.preventDefault()
  send()
})
personList.addEventListener('change', () => {
  directory.person = personList.value
  sessionStorage.setItem(`person of ${guildId}`, personList.value)
  const previous = socket
  connect()
  previous.close()
})

directory.person = sessionStorage.getItem(`person of ${guildId}`) ?? undefined
connect()
