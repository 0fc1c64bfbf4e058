// Values as text, for the console and for what was thrown. Never throws, and never runs a getter of a script's, except
// for toString and message of errors, whose failure is caught.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const deepest = 2
  const mostMembers = 50
  const longestString = 1000

  function quoted(text) {
    const cut = text.length > longestString
    return p.stringify(cut ? p.stringSlice(text, 0, longestString) : text) + (cut ? '...' : '')
  }

  function nameOf(object) {
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

  function listed(parts, total, open, close) {
    if (total > mostMembers) p.arrayPush(parts, `... ${total - mostMembers} more`)
    return parts.length === 0 ? open + close : `${open} ${p.arrayJoin(parts, ', ')} ${close}`
  }

  function inspectArray(array, depth, seen) {
    const parts = []
    for (let i = 0; i < array.length && i < mostMembers; i++) p.arrayPush(parts, member(array, i, depth, seen))
    return listed(parts, array.length, '[', ']')
  }

  function inspectCollection(object, depth, seen) {
    const parts = []
    let total = 0
    const add = (text) => {
      if (total++ < mostMembers) p.arrayPush(parts, text())
    }
    try {
      const size = p.mapSize(object)
      p.mapForEach(object, (value, key) =>
        add(() => `${inspect(key, depth + 1, seen)} => ${inspect(value, depth + 1, seen)}`),
      )
      return listed(parts, total, `Map(${size}) {`, '}')
    } catch {
      // No Map.
    }
    try {
      const size = p.setSize(object)
      p.setForEach(object, (value) => add(() => inspect(value, depth + 1, seen)))
      return listed(parts, total, `Set(${size}) {`, '}')
    } catch {
      return undefined
    }
  }

  function inspectPlain(object, depth, seen) {
    const keys = p.keys(object)
    const parts = []
    for (let i = 0; i < keys.length && i < mostMembers; i++) {
      const key = p.regExpExec(/^[A-Za-z_$][\w$]*$/, keys[i]) === null ? quoted(keys[i]) : keys[i]
      p.arrayPush(parts, `${key}: ${member(object, keys[i], depth, seen)}`)
    }
    const name = nameOf(object)
    return (name === 'Object' || name === '' ? '' : `${name} `) + listed(parts, keys.length, '{', '}')
  }

  function special(object) {
    try {
      return p.dateToISOString(object)
    } catch {
      // No date.
    }
    try {
      // Throws for everything that is none, but for RegExp.prototype itself.
      if (typeof p.getOwnPropertyDescriptor(object, 'lastIndex')?.value === 'number') return p.regExpToString(object)
    } catch {
      // No regular expression.
    }
    return undefined
  }

  function inspectObject(object, depth, seen) {
    if (object instanceof p.Error) return shared.describe(object).text
    const known = special(object)
    if (known !== undefined) return known
    for (let i = 0; i < seen.length; i++) if (seen[i] === object) return '[Circular]'
    if (depth > deepest) return p.arrayIsArray(object) ? '[Array]' : `[${nameOf(object) || 'Object'}]`
    p.arrayPush(seen, object)
    try {
      if (p.arrayIsArray(object)) return inspectArray(object, depth, seen)
      return inspectCollection(object, depth, seen) ?? inspectPlain(object, depth, seen)
    } finally {
      seen.length--
    }
  }

  function inspect(value, depth, seen) {
    switch (typeof value) {
      case 'string':
        return quoted(value)
      case 'symbol':
        return p.symbolToString(value)
      case 'bigint':
        return `${value}n`
      case 'function':
        return `[Function: ${nameOf({ constructor: value }) || '(anonymous)'}]`
      case 'object':
        return value === null ? 'null' : inspectObject(value, depth, seen)
      default:
        return p.String(value)
    }
  }

  shared.inspect = (value) => {
    try {
      return inspect(value, 0, [])
    } catch {
      return '[What does not want to be looked at]' // a proxy whose traps throw
    }
  }
})
