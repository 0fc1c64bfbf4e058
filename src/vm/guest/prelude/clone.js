// structuredClone for the types of the language itself (HTML: StructuredSerialize). Transferring is not supported.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const { getter, uncurryThis } = p
  const { isView } = ArrayBuffer
  const TypedArray = p.getPrototypeOf(Int8Array)
  const RegExpClass = RegExp
  const errorClasses = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }
  const uncloneable = [Promise, WeakMap, WeakSet, WeakRef, FinalizationRegistry, DataView]

  const regExpSource = getter(RegExp.prototype, 'source')
  const regExpFlags = getter(RegExp.prototype, 'flags')
  const bufferLength = getter(ArrayBuffer.prototype, 'byteLength')
  const bufferSlice = uncurryThis(ArrayBuffer.prototype.slice)
  const typedArrayName = getter(TypedArray.prototype, Symbol.toStringTag)
  const typedArraySlice = uncurryThis(TypedArray.prototype.slice)

  function refuse(what) {
    const error = new p.Error(`${what} could not be cloned.`)
    p.define(error, 'name', 'DataCloneError')
    p.define(error, 'code', 25)
    throw error
  }

  function copyError(value) {
    const copy = new (errorClasses[value.name] ?? p.Error)(p.String(value.message))
    p.define(copy, 'stack', p.String(value.stack))
    return copy
  }

  function emptyArray({ length }) {
    const copy = []
    copy.length = length
    return copy
  }

  function fillMap(copy, value, copies) {
    p.mapForEach(value, (held, key) => p.mapSet(copy, cloned(key, copies), cloned(held, copies)))
  }

  function fillSet(copy, value, copies) {
    p.setForEach(value, (held) => p.setAdd(copy, cloned(held, copies)))
  }

  function fillProperties(copy, value, copies) {
    p.arrayForEach(p.keys(value), (key) => p.define(copy, key, cloned(value[key], copies), true))
  }

  /** The first type that matches makes the copy; `fill` then adds what it holds, which may refer to the copy. */
  const types = [
    { is: (value) => p.accepts(p.dateGetTime, value), copy: (value) => new p.Date(p.dateGetTime(value)) },
    { is: (value) => p.accepts(regExpSource, value), copy: (value) => new RegExpClass(regExpSource(value), regExpFlags(value)) },
    { is: (value) => p.accepts(bufferLength, value), copy: (value) => bufferSlice(value, 0) },
    { is: (value) => p.accepts(p.mapSize, value), copy: () => new p.Map(), fill: fillMap },
    { is: (value) => p.accepts(p.setSize, value), copy: () => new p.Set(), fill: fillSet },
    { is: (value) => isView(value) && typedArrayName(value) !== undefined, copy: (value) => typedArraySlice(value) },
    { is: (value) => value instanceof p.Error, copy: copyError },
    { is: p.isArray, copy: emptyArray, fill: fillProperties },
    { is: () => true, copy: () => ({}), fill: fillProperties },
  ]

  function clonedObject(value, copies) {
    const known = p.mapGet(copies, value)
    if (known !== undefined) return known
    p.arrayForEach(uncloneable, (Class) => {
      if (value instanceof Class) refuse(`A ${Class.name}`)
    })
    let i = 0
    while (!types[i].is(value)) i++
    const copy = types[i].copy(value)
    p.mapSet(copies, value, copy)
    types[i].fill?.(copy, value, copies)
    return copy
  }

  function cloned(value, copies) {
    if (typeof value === 'function' || typeof value === 'symbol') refuse(`A ${typeof value}`)
    return typeof value === 'object' && value !== null ? clonedObject(value, copies) : value
  }

  p.define(globalThis, 'structuredClone', function structuredClone(value) {
    return cloned(value, new p.Map())
  })
})
