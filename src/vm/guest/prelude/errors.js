// Describes what a script threw, and creates the errors that a script sees, as discord.js does.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const maxFrames = 20

  /** A property if it is a string: a script may have put anything there. */
  function stringProperty(object, key) {
    try {
      const value = object[key]
      return typeof value === 'string' ? value : undefined
    } catch {
      return undefined
    }
  }

  /** The frames of the script alone, one a line, with line numbers of the script. */
  function scriptStack(stack) {
    const lines = p.stringSplit(stack, '\n')
    const kept = []
    let position
    for (let i = 0; i < lines.length && kept.length < maxFrames; i++) {
      const found = p.regExpExec(/^(.*)@command\.js:(\d+):(\d+)$/, lines[i])
      if (found === null) continue
      const line = found[2] - shared.linesBefore
      // The last frame is the code around the script, which calls it.
      if (line < 1 || line > shared.scriptLines) continue
      position ??= { line, column: +found[3] }
      // The top level of the script is the body of an anonymous function.
      const isTopLevel = p.regExpExec(/^(async )?(global code|eval code|)$/, found[1]) !== null
      p.arrayPush(kept, `${isTopLevel ? 'script' : found[1]}@${line}:${found[3]}`)
    }
    return { stack: p.arrayJoin(kept, '\n'), position }
  }

  const isError = (thrown) => {
    try {
      return thrown instanceof p.Error
    } catch {
      return false // a proxy whose traps throw
    }
  }

  /** Says how to get a name of discord.js that a script uses without having required it. */
  function withHint(message) {
    const missing = p.regExpExec(/^Can't find variable: (\w+)$/, message)?.[1]
    if (missing === undefined || !shared.isModuleName?.(missing)) return message
    return `${message}. Begin with: const { ${missing} } = require('discord.js')`
  }

  shared.describe = (thrown) => {
    if (!isError(thrown)) {
      const text = typeof thrown === 'string' ? thrown : shared.inspect(thrown)
      return { name: '', message: text, text, stack: '' }
    }
    const name = stringProperty(thrown, 'name') ?? 'Error'
    const message = withHint(stringProperty(thrown, 'message') ?? '')
    const text = message === '' ? name : `${name}: ${message}`
    return { name, message, text, ...scriptStack(stringProperty(thrown, 'stack') ?? '') }
  }

  /** A class of errors with a code. `nameOf` returns an instance's name. */
  function errorClass(className, Base, nameOf) {
    const made = class extends Base {
      constructor(code, message) {
        super(message)
        this.code = code
      }

      get name() {
        return nameOf(this.code)
      }
    }
    p.define(made, 'name', className)
    return made
  }

  const discordjsClass = (Base) => errorClass(`Discordjs${Base.name}`, Base, (code) => `Discordjs${Base.name} [${code}]`)
  const DiscordjsError = discordjsClass(p.Error)
  const DiscordjsRangeError = discordjsClass(p.RangeError)
  const DiscordjsTypeError = discordjsClass(p.TypeError)
  const DiscordAPIError = errorClass('DiscordAPIError', p.Error, (code) => `DiscordAPIError[${code}]`)

  const runsAgain = ' Remove it: the script runs again each time a component is used.'
  const noModals = ' Ask with buttons and select menus.'
  /** What to do where members of these names are missed most. */
  const instead = {
    __proto__: null,
    awaitMessageComponent: runsAgain,
    createMessageComponentCollector: runsAgain,
    awaitModalSubmit: noModals,
    showModal: noModals,
  }

  shared.errors = {
    DiscordAPIError,
    DiscordjsError,
    DiscordjsRangeError,
    DiscordjsTypeError,
    alreadyReplied: () =>
      new DiscordjsError('InteractionAlreadyReplied', 'The reply to this interaction has already been sent or deferred.'),
    notReplied: () =>
      new DiscordjsError('InteractionNotReplied', 'The reply to this interaction has not been sent or deferred.'),
    contentType: () => new DiscordjsRangeError('MessageContentType', 'Message content must be a string.'),
    bitFieldInvalid: (bit) =>
      new DiscordjsRangeError('BitFieldInvalid', `Invalid bitfield flag or number: ${shared.inspect(bit)}.`),
    invalidType: (name, expected) => new DiscordjsTypeError('InvalidType', `Supplied ${name} is not a ${expected}.`),
    colorConvert: (color) =>
      new DiscordjsTypeError('ColorConvert', `Unable to convert "${shared.inspect(color)}" to a number.`),
    colorRange: () => new DiscordjsRangeError('ColorRange', 'Color must be within the range 0 - 16777215 (0xFFFFFF).'),
    unavailable: (what) => {
      const name = p.stringSlice(what, p.stringLastIndexOf(what, '.') + 1)
      return new p.Error(`${what} is not available in guildhall scripts.${instead[name] ?? ''}`)
    },
    tooDeep: () => new p.RangeError('The options of a message are nested too deeply.'),
    unsupported: (what) => new p.TypeError(`${what} cannot be sent by a script.`),
    fromParent: ({ code, message }) => (code === undefined ? new p.Error(message) : new DiscordAPIError(code, message)),
  }
})
