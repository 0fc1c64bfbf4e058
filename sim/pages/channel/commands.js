// Slash commands: the menu that appears on typing "/", and the form for a command's options.
import { element } from './dom.js'
import { displayName } from './message.js'

const optionType = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
}
const isGroup = ({ type }) => type === optionType.subcommand || type === optionType.group

/** Each thing that a person can call, as `{name: "command sub", description, options}`. */
export function leaves(commands) {
  const below = (entry, prefix) => {
    const name = `${prefix}${entry.name}`
    const options = entry.options ?? []
    if (options.some(isGroup)) return options.flatMap((option) => below(option, `${name} `))
    return [{ name, description: entry.description, options }]
  }
  return commands.filter(({ type }) => (type ?? 1) === 1).flatMap((command) => below(command, ''))
}

/** The menu of commands above the composer; the text box keeps the focus. */
export class CommandMenu {
  #list
  #box
  #choose
  #shown = []
  #active = 0

  constructor(list, box, choose) {
    this.#list = list
    this.#box = box
    this.#choose = choose
  }

  get open() {
    return this.#shown.length > 0
  }

  /** Shows those of `commands` that begin with what is typed behind the slash. */
  show(commands, typed) {
    const wanted = typed.toLowerCase()
    this.#shown = commands.filter(({ name }) => name.startsWith(wanted)).slice(0, 25)
    this.#active = 0
    this.#draw()
  }

  hide() {
    this.#shown = []
    this.#draw()
  }

  #draw() {
    this.#list.replaceChildren(
      ...this.#shown.map((command, index) =>
        element(
          'li',
          {
            id: `command-${index}`,
            role: 'option',
            'aria-selected': `${index === this.#active}`,
            // Not click: the text box would lose the focus first.
            mousedown: (event) => {
              event.preventDefault()
              this.#choose(command)
            },
          },
          element('b', {}, `/${command.name}`),
          command.options.map(({ name, required }) =>
            element('span', { class: 'option-name' }, required ? name : `${name}?`),
          ),
          element('small', {}, command.description),
        ),
      ),
    )
    this.#list.hidden = !this.open
    this.#box.setAttribute('aria-expanded', `${this.open}`)
    if (this.open) this.#box.setAttribute('aria-activedescendant', `command-${this.#active}`)
    else this.#box.removeAttribute('aria-activedescendant')
    this.#list.children[this.#active]?.scrollIntoView({ block: 'nearest' })
  }

  /** Whether a key was one for the menu. */
  take(key) {
    if (!this.open) return false
    const count = this.#shown.length
    if (key === 'ArrowDown') this.#active = (this.#active + 1) % count
    else if (key === 'ArrowUp') this.#active = (this.#active + count - 1) % count
    else if (key === 'Escape') return (this.hide(), true)
    else if (key === 'Enter' || key === 'Tab') return (this.#choose(this.#shown[this.#active]), true)
    else return false
    this.#draw()
    return true
  }
}

const selection = (attributes, choices) =>
  element(
    'select',
    attributes,
    element('option', { value: '' }, attributes.required ? 'Choose…' : '(none)'),
    choices.map(({ value, label }) => element('option', { value }, label)),
  )

function input(option, directory) {
  const attributes = { id: `option-${option.name}`, name: option.name, required: option.required === true }
  const users = directory.people.map((user) => ({ value: user.id, label: displayName(user) }))
  const roles = directory.roles.map((role) => ({ value: role.id, label: `@${role.name}` }))
  if (option.choices?.length > 0) {
    return selection(
      attributes,
      option.choices.map(({ name, value }) => ({ value: `${value}`, label: name })),
    )
  }
  switch (option.type) {
    case optionType.boolean:
      return selection(
        attributes,
        ['true', 'false'].map((value) => ({ value, label: value })),
      )
    case optionType.user:
      return selection(attributes, users)
    case optionType.role:
      return selection(attributes, roles)
    case optionType.mentionable:
      return selection(attributes, [...users, ...roles])
    case optionType.channel:
      return selection(
        attributes,
        directory.channels.map(({ id, name }) => ({ value: id, label: `#${name}` })),
      )
    case optionType.integer:
    case optionType.number:
      return element('input', {
        ...attributes,
        type: 'number',
        step: option.type === optionType.integer ? '1' : 'any',
        min: option.min_value,
        max: option.max_value,
      })
    default:
      return element('input', {
        ...attributes,
        type: 'text',
        autocomplete: 'off',
        minlength: option.min_length,
        maxlength: option.max_length ?? 6000,
      })
  }
}

function valueOf(option, text) {
  if (option.type === optionType.boolean) return text === 'true'
  if (option.type === optionType.integer || option.type === optionType.number) return Number(text)
  return text
}

/** The form for the options of `command`; `send` gets their values, `cancel` is for who changes their mind. */
export function commandForm(command, directory, { send, cancel }) {
  const form = element(
    'form',
    { class: 'command-form', 'aria-label': `Options of /${command.name}` },
    element('p', {}, element('b', {}, `/${command.name}`), ' ', element('small', {}, command.description)),
    command.options.map((option) =>
      element(
        'label',
        { class: 'option' },
        element(
          'span',
          {},
          option.name,
          option.required && element('em', {}, ' required'),
          element('small', {}, option.description),
        ),
        input(option, directory),
      ),
    ),
    element(
      'div',
      { class: 'row' },
      element('button', { class: 'component primary' }, 'Send'),
      element('button', { type: 'button', class: 'component secondary', click: cancel }, 'Cancel'),
    ),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const given = command.options.filter(({ name }) => form.elements[name].value !== '')
    send(Object.fromEntries(given.map((option) => [option.name, valueOf(option, form.elements[option.name].value)])))
  })
  form.addEventListener('keydown', (event) => event.key === 'Escape' && cancel())
  return form
}
