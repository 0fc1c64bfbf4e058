// structuredClone, for what the language itself has (HTML: StructuredSerialize). Nothing is transferred.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const { isView } = ArrayBuffer
  const uncurryThis = (method) => (self, ...args) => p.apply(method, self, args)
  const getter = (prototype, key) => uncurryThis(p.getOwnPropertyDescriptor(prototype, key).get)
  const typedArrays = p.getPrototypeOf(Int8Array.prototype)

  const dateGetTime = uncurryThis(Date.prototype.getTime)
  const regExpSource = getter(RegExp.prototype, 'source')
  const regExpFlags = getter(RegExp.prototype, 'flags')
  const setAdd = uncurryThis(Set.prototype.add)
  const bufferLength = getter(ArrayBuffer.prototype, 'byteLength')
  const bufferSlice = uncurryThis(ArrayBuffer.prototype.slice)
  const viewName = getter(typedArrays, Symbol.toStringTag)
  const viewSlice = uncurryThis(typedArrays.slice)
  const makeRegExp = RegExp
  const errorKinds = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }
  const refusedKinds = [Promise, WeakMap, WeakSet, WeakRef, FinalizationRegistry, DataView]

  function refuse(what) {
    const error = new p.Error(`${what} could not be cloned.`)
    p.defineProperty(error, 'name', { value: 'DataCloneError', configurable: true })
    p.defineProperty(error, 'code', { value: 25, configurable: true })
    throw error
  }

  /** Each says what kind an object is by throwing for all others. */
  const kinds = [
    { is: dateGetTime, copy: (value) => new p.Date(dateGetTime(value)) },
    { is: regExpSource, copy: (value) => new makeRegExp(regExpSource(value), regExpFlags(value)) },
    { is: bufferLength, copy: (value) => bufferSlice(value, 0) },
    { is: p.mapSize, copy: () => new p.Map(), fill: fillMap },
    { is: p.setSize, copy: () => new p.Set(), fill: fillSet },
  ]

  function kindOf(value) {
    for (let i = 0; i < kinds.length; i++) {
      try {
        kinds[i].is(value)
        return kinds[i]
      } catch {
        // Another one.
      }
    }
    return undefined
  }

  function fillMap(copy, value, copies) {
    p.mapForEach(value, (held, key) => p.mapSet(copy, cloned(key, copies), cloned(held, copies)))
  }

  function fillSet(copy, value, copies) {
    p.setForEach(value, (held) => setAdd(copy, cloned(held, copies)))
  }

  function fillProperties(copy, value, copies) {
    const keys = p.keys(value)
    for (let i = 0; i < keys.length; i++) {
      const held = cloned(value[keys[i]], copies)
      p.defineProperty(copy, keys[i], { value: held, writable: true, enumerable: true, configurable: true })
    }
  }

  function copyOfError(value) {
    const made = new (errorKinds[value.name] ?? p.Error)(p.String(value.message))
    p.defineProperty(made, 'stack', { value: p.String(value.stack), writable: true, configurable: true })
    return made
  }

  function clonedObject(value, copies) {
    const known = p.mapGet(copies, value)
    if (known !== undefined) return known
    for (let i = 0; i < refusedKinds.length; i++) if (value instanceof refusedKinds[i]) refuse(`A ${refusedKinds[i].name}`)
    const kind = kindOf(value)
    let copy
    let fill = fillProperties
    if (kind !== undefined) {
      copy = kind.copy(value)
      fill = kind.fill
    } else if (isView(value) && viewName(value) !== undefined) {
      copy = viewSlice(value)
      fill = undefined
    } else if (value instanceof p.Error) {
      copy = copyOfError(value)
      fill = undefined
    } else if (p.arrayIsArray(value)) {
      copy = []
      copy.length = value.length
    } else {
      copy = {}
    }
    p.mapSet(copies, value, copy)
    fill?.(copy, value, copies)
    return copy
  }

  function cloned(value, copies) {
    if (typeof value === 'function' || typeof value === 'symbol') refuse(`A ${typeof value}`)
    return typeof value === 'object' && value !== null ? clonedObject(value, copies) : value
  }

  p.defineProperty(globalThis, 'structuredClone', {
    value: function structuredClone(value) {
      return cloned(value, new p.Map())
    },
    writable: true,
    configurable: true,
  })
})
