// Turns discord.js's message options into Discord's message (discord.js: MessagePayload; Discord: resources/message).
(function (shared) {
  'use strict'
  const p = shared.primordials
  const { errors } = shared

  const flagBits = shared.enums.MessageFlags
  const unsupported = ['files', 'attachments', 'poll', 'stickers', 'reply', 'forward']
  /** Members of guildhall's own, which are spelled here as in the API. */
  const ownMembers = { __proto__: null, onlyCaller: true, expiresAfter: true }
  /** Far deeper than any message, and less than what the parent accepts. */
  const maxDepth = 20

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

  /** `value` is plain data, as JSON.parse returns it. */
  function toSnakeCase(value) {
    if (typeof value !== 'object' || value === null) return value
    if (p.isArray(value)) return p.arrayMap(value, toSnakeCase)
    const object = {}
    p.arrayForEach(p.keys(value), (key) => {
      p.define(object, key in ownMembers ? key : snakeCase(key), toSnakeCase(value[key]), true)
    })
    return object
  }

  function resolveFlags(value) {
    if (typeof value === 'number' && p.isInteger(value) && value >= 0) return value
    if (typeof value === 'string' && p.regExpExec(/^\d+$/, value) !== null) return p.Number(value)
    if (typeof value === 'string' && p.hasOwn(flagBits, value)) return flagBits[value]
    if (!p.isArray(value)) throw errors.bitFieldInvalid(value)
    let bits = 0
    p.arrayForEach(value, (each) => (bits |= resolveFlags(each)))
    return bits
  }

  function requireDepth(value, depth) {
    if (typeof value !== 'object' || value === null) return
    if (depth > maxDepth) throw errors.tooDeep()
    p.arrayForEach(p.keys(value), (key) => requireDepth(value[key], depth + 1))
  }

  /** A copy of the options as plain data, so that getters and proxies are asked only once. */
  function plain(options) {
    if (options === undefined) return {}
    if (typeof options !== 'object' || options === null) throw errors.invalidType('options', 'object')
    const text = p.stringify(options)
    const copy = text === undefined ? undefined : p.parse(text)
    if (typeof copy !== 'object' || copy === null || p.isArray(copy)) throw errors.invalidType('options', 'object')
    requireDepth(copy, 0)
    return copy
  }

  function addFlags(data, options) {
    if (options.flags !== undefined && options.flags !== null) data.flags = resolveFlags(options.flags)
    if (options.ephemeral) data.flags = (data.flags ?? 0) | flagBits.Ephemeral
  }

  function allowedMentions(given) {
    // A script mentions nobody unless it says so.
    if (given === undefined) return { parse: [] }
    if (given === null || typeof given !== 'object' || given.repliedUser === undefined) return given
    const { repliedUser, ...rest } = given
    return { ...rest, replied_user: repliedUser }
  }

  shared.toSnakeCase = toSnakeCase

  /** Returns Discord's message as `data`. A string is the message's content. */
  shared.messageOptions = (given) => {
    const options = typeof given === 'string' ? { content: given } : plain(given)
    p.arrayForEach(unsupported, (name) => {
      if (options[name] !== undefined) throw errors.unsupported(name)
    })
    const data = {}
    if (options.content !== undefined) {
      if (options.content !== null && typeof options.content !== 'string') throw errors.contentType()
      data.content = options.content ?? ''
    }
    if (options.embeds !== undefined) data.embeds = toSnakeCase(options.embeds)
    if (options.components !== undefined) data.components = toSnakeCase(options.components)
    if (options.tts) data.tts = true
    for (const name in ownMembers) if (options[name] !== undefined) data[name] = options[name]
    addFlags(data, options)
    data.allowed_mentions = allowedMentions(options.allowedMentions)
    return { data, options }
  }

  /** Options without a message: only flags. */
  shared.deferOptions = (given) => {
    const options = plain(given)
    const data = {}
    addFlags(data, options)
    return { data, options }
  }

  shared.ephemeralFlag = flagBits.Ephemeral
})
