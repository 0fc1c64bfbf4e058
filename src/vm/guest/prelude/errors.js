// What was thrown, in words; and the errors that a script sees, as discord.js has them.
(function (shared) {
  'use strict'
  const p = shared.primordials

  /** A property as text, or undefined: a script may have put anything there. */
  function textOf(object, key) {
    try {
      const value = object[key]
      return typeof value === 'string' ? value : undefined
    } catch {
      return undefined
    }
  }

  /** What a stack says of the script alone, in its own lines, a frame a line. */
  function scriptStack(stack) {
    const lines = p.stringSplit(stack, '\n')
    const kept = []
    let place
    for (let i = 0; i < lines.length && kept.length < 20; i++) {
      const found = p.regExpExec(/^(.*)@command\.js:(\d+):(\d+)$/, lines[i])
      if (found === null) continue
      const line = found[2] - shared.linesBefore
      // The frame behind the script is the one that calls it.
      if (line < 1 || line > shared.linesOfScript) continue
      place ??= { line, column: +found[3] }
      // The script's own top level is the body of a function that nobody has named.
      const name = p.regExpExec(/^(async )?(global code|eval code|)$/, found[1]) === null ? found[1] : 'script'
      p.arrayPush(kept, `${name}@${line}:${found[3]}`)
    }
    return { stack: p.arrayJoin(kept, '\n'), place }
  }

  function describeError(error) {
    const name = textOf(error, 'name') ?? 'Error'
    const message = textOf(error, 'message') ?? ''
    const { stack, place } = scriptStack(textOf(error, 'stack') ?? '')
    return { name, message, text: message === '' ? name : `${name}: ${message}`, stack, place }
  }

  shared.describe = (thrown) => {
    let isError = false
    try {
      isError = thrown instanceof p.Error
    } catch {
      // A proxy that does not want to be asked.
    }
    if (isError) return describeError(thrown)
    const text = typeof thrown === 'string' ? thrown : shared.inspect(thrown)
    return { name: '', message: text, text, stack: '', place: undefined }
  }

  function makeDiscordjsError(Base) {
    const made = class extends Base {
      constructor(code, message) {
        super(message)
        this.code = code
      }

      get name() {
        return `${made.name} [${this.code}]`
      }
    }
    p.defineProperty(made, 'name', { value: `Discordjs${Base.name}` })
    return made
  }

  const DiscordjsError = makeDiscordjsError(p.Error)
  const DiscordjsRangeError = makeDiscordjsError(p.RangeError)
  const DiscordjsTypeError = makeDiscordjsError(p.TypeError)

  class DiscordAPIError extends p.Error {
    constructor(code, message) {
      super(message)
      this.code = code
    }

    get name() {
      return `DiscordAPIError[${this.code}]`
    }
  }

  shared.errors = {
    alreadyReplied: () =>
      new DiscordjsError(
        'InteractionAlreadyReplied',
        'The reply to this interaction has already been sent or deferred.',
      ),
    notReplied: () =>
      new DiscordjsError('InteractionNotReplied', 'The reply to this interaction has not been sent or deferred.'),
    contentType: () => new DiscordjsRangeError('MessageContentType', 'Message content must be a string.'),
    bitFieldInvalid: (bit) =>
      new DiscordjsRangeError('BitFieldInvalid', `Invalid bitfield flag or number: ${shared.inspect(bit)}.`),
    invalidType: (name, expected) => new DiscordjsTypeError('InvalidType', `Supplied ${name} is not a ${expected}.`),
    tooDeep: () => new p.RangeError('The options of a message are nested too deeply.'),
    unsupported: (what) => new p.TypeError(`${what} cannot be sent by a script.`),
    fromParent: (error) =>
      error.code === undefined ? new p.Error(error.message) : new DiscordAPIError(error.code, error.message),
  }
})
