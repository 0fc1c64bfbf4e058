// discord.js's options of a message, as Discord takes them (discord.js: MessagePayload; Discord: resources/message).
(function (shared) {
  'use strict'
  const p = shared.primordials
  const { errors } = shared

  const flagBits = { SuppressEmbeds: 4, Ephemeral: 64, SuppressNotifications: 4096, IsComponentsV2: 32768 }
  const unsupported = ['files', 'attachments', 'poll', 'stickers', 'reply', 'forward']
  /** Members of ours, which are called here as in the API. */
  const ours = { __proto__: null, onlyCaller: true, expiresAfter: true }

  /** `iconURL` -> `icon_url`, `customId` -> `custom_id` */
  function snakeCase(name) {
    let text = ''
    for (let i = 0; i < name.length; i++) {
      const lower = p.stringToLowerCase(name[i])
      const startsWord = lower !== name[i] && i > 0 && name[i - 1] !== '_' && p.stringToLowerCase(name[i - 1]) === name[i - 1]
      text += startsWord ? `_${lower}` : lower
    }
    return text
  }

  /** Of plain data, as JSON.parse makes it. */
  function toSnakeCase(value) {
    if (typeof value !== 'object' || value === null) return value
    if (p.arrayIsArray(value)) {
      const list = []
      for (let i = 0; i < value.length; i++) p.arrayPush(list, toSnakeCase(value[i]))
      return list
    }
    const object = {}
    const keys = p.keys(value)
    for (let i = 0; i < keys.length; i++) {
      const name = keys[i] in ours ? keys[i] : snakeCase(keys[i])
      p.defineProperty(object, name, { value: toSnakeCase(value[keys[i]]), enumerable: true, writable: true, configurable: true })
    }
    return object
  }

  function flagsOf(value) {
    if (typeof value === 'number' && p.isInteger(value) && value >= 0) return value
    if (typeof value === 'string') {
      if (p.hasOwn(flagBits, value)) return flagBits[value]
      if (p.regExpExec(/^\d+$/, value) !== null) return p.Number(value)
    }
    if (p.arrayIsArray(value)) {
      let bits = 0
      for (let i = 0; i < value.length; i++) bits |= flagsOf(value[i])
      return bits
    }
    throw errors.bitFieldInvalid(value)
  }

  /** Far deeper than any message, and less than what the parent reads. */
  const deepest = 20

  /** Of plain data. */
  function demandFlat(value, depth) {
    if (typeof value !== 'object' || value === null) return
    if (depth > deepest) throw errors.tooDeep()
    const keys = p.keys(value)
    for (let i = 0; i < keys.length; i++) demandFlat(value[keys[i]], depth + 1)
  }

  /** What was given, as plain data of its own: whatever a getter or a proxy says, it says once. */
  function plain(options) {
    if (options === undefined) return {}
    if (typeof options !== 'object' || options === null) throw errors.invalidType('options', 'object')
    const text = p.stringify(options)
    const copy = text === undefined ? undefined : p.parse(text)
    if (typeof copy !== 'object' || copy === null || p.arrayIsArray(copy)) throw errors.invalidType('options', 'object')
    demandFlat(copy, 0)
    return copy
  }

  function addFlags(data, options) {
    if (options.flags !== undefined && options.flags !== null) data.flags = flagsOf(options.flags)
    if (options.ephemeral) data.flags = (data.flags ?? 0) | flagBits.Ephemeral
  }

  function mentions(given) {
    // A script pings whom it names, and nobody else.
    if (given === undefined) return { parse: [] }
    if (given === null || typeof given !== 'object' || given.repliedUser === undefined) return given
    const { repliedUser, ...rest } = given
    return { ...rest, replied_user: repliedUser }
  }

  /** A message's options: a string is its content. `partial`: an edit, which leaves out what stays. */
  shared.messageOptions = (given) => {
    const options = typeof given === 'string' ? { content: given } : plain(given)
    for (let i = 0; i < unsupported.length; i++) {
      if (options[unsupported[i]] !== undefined) throw errors.unsupported(unsupported[i])
    }
    const data = {}
    if (options.content !== undefined) {
      if (options.content !== null && typeof options.content !== 'string') throw errors.contentType()
      data.content = options.content ?? ''
    }
    if (options.embeds !== undefined) data.embeds = toSnakeCase(options.embeds)
    if (options.components !== undefined) data.components = toSnakeCase(options.components)
    if (options.tts) data.tts = true
    for (const name in ours) if (options[name] !== undefined) data[name] = options[name]
    addFlags(data, options)
    data.allowed_mentions = mentions(options.allowedMentions)
    return { data, options }
  }

  /** Options that hold no message: flags at most. */
  shared.deferOptions = (given) => {
    const options = plain(given)
    const data = {}
    addFlags(data, options)
    return { data, options }
  }

  shared.ephemeralFlag = flagBits.Ephemeral
})
