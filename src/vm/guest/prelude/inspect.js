// Formats values as text, for the console and for errors. Never throws, and calls no getter of a script except for name,
// message and stack of errors.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const maxDepth = 2
  const maxMembers = 50
  const maxString = 1000

  function quoted(text) {
    const cut = text.length > maxString
    return p.stringify(cut ? p.stringSlice(text, 0, maxString) : text) + (cut ? '...' : '')
  }

  function constructorName(object) {
    for (let proto = object; proto !== null; proto = p.getPrototypeOf(proto)) {
      const constructor = p.getOwnPropertyDescriptor(proto, 'constructor')
      if (constructor === undefined) continue
      if (typeof constructor.value !== 'function') return ''
      const name = p.getOwnPropertyDescriptor(constructor.value, 'name')
      return name !== undefined && typeof name.value === 'string' ? name.value : ''
    }
    return '[Object: null prototype]'
  }

  function member(object, key, depth, seen) {
    const property = p.getOwnPropertyDescriptor(object, key)
    if (property === undefined) return 'undefined'
    if (!('value' in property)) return property.get === undefined ? '[Setter]' : '[Getter]'
    return inspect(property.value, depth + 1, seen)
  }

  function bracketed(parts, total, open, close) {
    if (total > maxMembers) p.arrayPush(parts, `... ${total - maxMembers} more`)
    return parts.length === 0 ? open + close : `${open} ${p.arrayJoin(parts, ', ')} ${close}`
  }

  function inspectArray(array, depth, seen) {
    const parts = []
    for (let i = 0; i < array.length && i < maxMembers; i++) p.arrayPush(parts, member(array, i, depth, seen))
    return bracketed(parts, array.length, '[', ']')
  }

  function inspectCollection(name, object, forEach, size, entry) {
    const parts = []
    forEach(object, (value, key) => {
      if (parts.length < maxMembers) p.arrayPush(parts, entry(value, key))
    })
    return bracketed(parts, size, `${name}(${size}) {`, '}')
  }

  function inspectPlain(object, depth, seen) {
    const keys = p.keys(object)
    const parts = []
    for (let i = 0; i < keys.length && i < maxMembers; i++) {
      const key = p.regExpExec(/^[A-Za-z_$][\w$]*$/, keys[i]) === null ? quoted(keys[i]) : keys[i]
      p.arrayPush(parts, `${key}: ${member(object, keys[i], depth, seen)}`)
    }
    const name = constructorName(object)
    return (name === 'Object' || name === '' ? '' : `${name} `) + bracketed(parts, keys.length, '{', '}')
  }

  /** RegExp.prototype also accepts toString, but has no lastIndex. */
  function isRegExp(object) {
    return typeof p.getOwnPropertyDescriptor(object, 'lastIndex')?.value === 'number' && p.accepts(p.regExpToString, object)
  }

  function inspectMembers(object, depth, seen) {
    const nested = (value) => inspect(value, depth + 1, seen)
    if (p.isArray(object)) return inspectArray(object, depth, seen)
    if (p.accepts(p.mapSize, object)) {
      const entry = (value, key) => `${nested(key)} => ${nested(value)}`
      return inspectCollection('Map', object, p.mapForEach, p.mapSize(object), entry)
    }
    if (p.accepts(p.setSize, object)) return inspectCollection('Set', object, p.setForEach, p.setSize(object), nested)
    return inspectPlain(object, depth, seen)
  }

  function inspectObject(object, depth, seen) {
    if (object instanceof p.Error) return shared.describe(object).text
    if (p.accepts(p.dateToISOString, object)) return p.dateToISOString(object)
    if (isRegExp(object)) return p.regExpToString(object)
    for (let i = 0; i < seen.length; i++) if (seen[i] === object) return '[Circular]'
    if (depth > maxDepth) return p.isArray(object) ? '[Array]' : `[${constructorName(object) || 'Object'}]`
    p.arrayPush(seen, object)
    try {
      return inspectMembers(object, depth, seen)
    } finally {
      seen.length--
    }
  }

  function inspect(value, depth, seen) {
    if (typeof value === 'string') return quoted(value)
    if (typeof value === 'symbol') return p.symbolToString(value)
    if (typeof value === 'bigint') return `${value}n`
    if (typeof value === 'function') return `[Function: ${constructorName({ constructor: value }) || '(anonymous)'}]`
    return typeof value === 'object' && value !== null ? inspectObject(value, depth, seen) : p.String(value)
  }

  shared.inspect = (value) => {
    try {
      return inspect(value, 0, [])
    } catch {
      return '[Object that cannot be inspected]' // a proxy whose traps throw
    }
  }
})
