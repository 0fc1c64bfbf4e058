// The built-ins that the prelude uses, saved before a script can change them. Each file of the prelude is a function.
// They are called in order with one object, `shared`, which no script sees.
//
// A script may change every object that it reaches. So the prelude calls methods of built-in objects only as saved
// here, and does not use `for (const x of array)`, which would call Array.prototype[Symbol.iterator].
(function (shared) {
  'use strict'
  const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect
  const uncurryThis = (method) => (self, ...args) => apply(method, self, args)
  const getter = (prototype, key) => uncurryThis(getOwnPropertyDescriptor(prototype, key).get)

  const p = { apply, getOwnPropertyDescriptor, getter, uncurryThis }
  shared.primordials = p
  Object.assign(p, { BigInt, Date, Error, Map, Number, Promise, RangeError, Set, String, SyntaxError, TypeError })
  p.AsyncFunction = (async () => {}).constructor
  p.mapSize = getter(Map.prototype, 'size')
  p.setSize = getter(Set.prototype, 'size')

  for (const [from, ...names] of [
    [Object, 'create', 'defineProperty', 'freeze', 'getPrototypeOf', 'hasOwn', 'keys'],
    [JSON, 'parse', 'stringify'],
    [Math, 'max'],
    [Number, 'isInteger'],
    [Array, 'isArray'],
  ]) {
    for (const name of names) p[name] = from[name]
  }
  // `p.stringSlice(text, 0, 9)` is `text.slice(0, 9)`.
  for (const [type, ...names] of [
    [Array, 'forEach', 'join', 'push'],
    [Date, 'getTime', 'toISOString'],
    [Map, 'delete', 'forEach', 'get', 'set'],
    [Promise, 'then'],
    [RegExp, 'exec', 'toString'],
    [Set, 'add', 'forEach'],
    [String, 'includes', 'lastIndexOf', 'slice', 'split', 'toLowerCase'],
    [Symbol, 'toString'],
  ]) {
    const prefix = type.name[0].toLowerCase() + type.name.slice(1)
    for (const name of names) p[prefix + name[0].toUpperCase() + name.slice(1)] = uncurryThis(type.prototype[name])
  }

  p.arrayMap = (list, callback) => {
    const made = []
    p.arrayForEach(list, (value, index) => p.arrayPush(made, callback(value, index)))
    return made
  }

  /** Defines a property as an assignment would create it, without calling setters. */
  p.define = (object, key, value, enumerable = false) => {
    defineProperty(object, key, { __proto__: null, value, enumerable, writable: true, configurable: true })
  }

  /** Whether a built-in method accepts `value` as its `this`, which tells the type whatever the prototype is. */
  p.accepts = (method, value) => {
    try {
      method(value)
      return true
    } catch {
      return false
    }
  }
})
