// A message as Discord shows it: its author, text, embeds, buttons and menus.
import { avatar, element, link } from './dom.js'
import { markdown } from './markdown.js'

const ephemeralFlag = 1 << 6
const loadingFlag = 1 << 7

const buttonStyles = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'secondary' }
const componentType = {
  row: 1,
  button: 2,
  stringSelect: 3,
  userSelect: 5,
  roleSelect: 6,
  mentionable: 7,
  channelSelect: 8,
}

export const displayName = (user) => user.global_name ?? user.username

const timeFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'short' })

function botTag(user) {
  return user.bot && element('span', { class: 'bot-tag' }, 'APP')
}

function replyLine(message) {
  if (message.interaction_metadata?.user && message.type === 20) {
    const user = displayName(message.interaction_metadata.user)
    const command = message.interaction?.name
    return element('p', { class: 'origin' }, `${user} used `, element('b', {}, `/${command}`))
  }
  if (message.type !== 19) return undefined
  const original = message.referenced_message
  if (!original) return element('p', { class: 'origin' }, 'Original message was deleted')
  return element('p', { class: 'origin' }, element('b', {}, displayName(original.author)), ` ${original.content}`)
}

function embedField({ name, value, inline }, names) {
  return element(
    'div',
    { class: inline ? 'field inline' : 'field' },
    element('h4', {}, ...markdown(name, names)),
    element('p', {}, ...markdown(value, names)),
  )
}

function embed(data, names) {
  const card = element(
    'article',
    { class: 'embed' },
    data.author && element('p', { class: 'embed-author' }, link(data.author.url, data.author.name)),
    data.title && element('h3', {}, link(data.url, ...markdown(data.title, names))),
    data.description && element('p', {}, ...markdown(data.description, names)),
    data.fields?.length > 0 &&
      element(
        'div',
        { class: 'fields' },
        data.fields.map((field) => embedField(field, names)),
      ),
    data.image && element('p', { class: 'picture' }, link(data.image.url, `Image: ${data.image.url}`)),
    data.thumbnail && element('p', { class: 'picture' }, link(data.thumbnail.url, `Thumbnail: ${data.thumbnail.url}`)),
    (data.footer || data.timestamp) &&
      element(
        'footer',
        {},
        [data.footer?.text, data.timestamp && timeFormat.format(new Date(data.timestamp))].filter(Boolean).join(' • '),
      ),
  )
  // The style sheet's rules cannot know the colour; a script may set it where a style attribute may not.
  if (data.color !== undefined) card.style.borderLeftColor = `#${data.color.toString(16).padStart(6, '0')}`
  return card
}

const emojiText = (emoji) => (emoji ? (emoji.id ? `:${emoji.name}:` : emoji.name) : '')

function button(data, act) {
  const label = [emojiText(data.emoji), data.label].filter(Boolean).join(' ')
  if (data.style === 5) {
    const anchor = link(data.url, `${label} ↗`)
    anchor.classList.add('component', 'secondary')
    return anchor
  }
  return element(
    'button',
    {
      type: 'button',
      class: `component ${buttonStyles[data.style] ?? 'secondary'}`,
      disabled: data.disabled === true,
      click: () => act({ customId: data.custom_id }),
    },
    label,
  )
}

function choicesOf(data, directory) {
  const users = directory.people.map((user) => ({ value: user.id, label: displayName(user) }))
  const roles = directory.roles.map((role) => ({ value: role.id, label: `@${role.name}` }))
  switch (data.type) {
    case componentType.userSelect:
      return users
    case componentType.roleSelect:
      return roles
    case componentType.mentionable:
      return [...users, ...roles]
    case componentType.channelSelect:
      return directory.channels.map((channel) => ({ value: channel.id, label: `#${channel.name}` }))
    default:
      return data.options.map((option) => ({
        ...option,
        label: [emojiText(option.emoji), option.label].filter(Boolean).join(' '),
      }))
  }
}

/** A menu. With several values to choose, they are sent by a button of their own. */
function menu(data, directory, act) {
  const several = data.max_values > 1
  const label = data.placeholder ?? 'Make a selection'
  const choices = choicesOf(data, directory)
  const list = element(
    'select',
    {
      class: 'component-menu',
      'aria-label': label,
      disabled: data.disabled === true,
      multiple: several,
      size: several ? Math.min(choices.length, 6) : false,
    },
    !several && element('option', { value: '', disabled: true }, label),
    choices.map(({ value, label: text, description, default: chosen }) =>
      element('option', { value, selected: chosen === true }, description ? `${text}: ${description}` : text),
    ),
  )
  const send = () => {
    const values = [...list.selectedOptions].map((option) => option.value)
    act({ customId: data.custom_id, values })
  }
  if (several) {
    return element(
      'span',
      { class: 'several' },
      list,
      element(
        'button',
        { type: 'button', class: 'component secondary', disabled: data.disabled === true, click: send },
        'Select',
      ),
    )
  }
  if (!choices.some((choice) => choice.default)) list.selectedIndex = 0
  list.addEventListener('change', send)
  return list
}

function component(data, directory, act) {
  if (data.type === componentType.row) {
    return element(
      'div',
      { class: 'row' },
      data.components.map((part) => component(part, directory, act)),
    )
  }
  if (data.type === componentType.button) return button(data, act)
  if (data.type === componentType.stringSelect || data.type >= componentType.userSelect)
    return menu(data, directory, act)
  return element('p', { class: 'origin' }, `A component of type ${data.type}, which this page does not show`)
}

/** The text of a message, or that there is none yet. */
function body(message, directory) {
  if (message.flags & loadingFlag) {
    return element('p', { class: 'thinking' }, `${displayName(message.author)} is thinking…`)
  }
  const edited = message.edited_timestamp && element('small', {}, ' (edited)')
  if (!message.content && !edited) return undefined
  return element('div', { class: 'content' }, ...markdown(message.content, directory.names), edited)
}

/**
 * The list item of a message. `directory` knows people, roles and channels; `act` is called with what a person uses
 * of its components, `edit` when they want to edit their own message, `dismiss` when they send an ephemeral one away.
 */
export function messageItem(message, directory, { act, edit, dismiss }) {
  const name = displayName(message.author)
  const time = new Date(message.timestamp)
  const ephemeral = (message.flags & ephemeralFlag) !== 0
  const mentioned = message.mention_everyone || message.mentions.some(({ id }) => id === directory.person)
  return element(
    'li',
    { class: `message${ephemeral ? ' ephemeral' : ''}${mentioned ? ' mentioned' : ''}`, 'data-id': message.id },
    avatar(message.author.username),
    element(
      'article',
      { 'aria-label': `Message of ${name}` },
      replyLine(message),
      element(
        'header',
        {},
        element('b', {}, name),
        botTag(message.author),
        element('time', { datetime: time.toISOString() }, timeFormat.format(time)),
        message.author.id === directory.person &&
          !message.webhook_id &&
          element('button', { type: 'button', class: 'plain', 'aria-label': 'Edit message', click: edit }, 'Edit'),
      ),
      body(message, directory),
      message.embeds.map((data) => embed(data, directory.names)),
      message.components.map((data) => component(data, directory, act)),
      ephemeral &&
        element(
          'p',
          { class: 'only-you' },
          'Only you can see this • ',
          element('button', { type: 'button', class: 'plain', click: dismiss }, 'Dismiss message'),
        ),
    ),
  )
}
