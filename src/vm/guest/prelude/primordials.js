// What the prelude uses of the language, kept before any script can change it. Files of the prelude are functions that
// are called one after the other with one object, `shared`, which no script sees.
//
// A script may change every object that it reaches, so the prelude calls methods of built-in objects only through what
// is kept here, and loops by index: `for (const x of array)` would ask Array.prototype.
(function (shared) {
  'use strict'
  const { apply, ownKeys, getOwnPropertyDescriptor } = Reflect
  const uncurryThis = (method) => (self, ...args) => apply(method, self, args)

  shared.primordials = {
    AsyncFunction: (async () => {}).constructor,
    BigInt,
    Date,
    Error,
    Map,
    Number,
    Promise,
    RangeError,
    Set,
    String,
    SyntaxError,
    TypeError,
    apply,
    arrayIsArray: Array.isArray,
    arrayJoin: uncurryThis(Array.prototype.join),
    arrayPush: uncurryThis(Array.prototype.push),
    arraySlice: uncurryThis(Array.prototype.slice),
    create: Object.create,
    dateNow: Date.now,
    dateToISOString: uncurryThis(Date.prototype.toISOString),
    defineProperty: Object.defineProperty,
    errorToString: uncurryThis(Error.prototype.toString),
    freeze: Object.freeze,
    functionToString: uncurryThis(Function.prototype.toString),
    getOwnPropertyDescriptor,
    getPrototypeOf: Object.getPrototypeOf,
    hasOwn: Object.hasOwn,
    isInteger: Number.isInteger,
    keys: Object.keys,
    mapDelete: uncurryThis(Map.prototype.delete),
    mapGet: uncurryThis(Map.prototype.get),
    mapSet: uncurryThis(Map.prototype.set),
    mapForEach: uncurryThis(Map.prototype.forEach),
    mapSize: uncurryThis(getOwnPropertyDescriptor(Map.prototype, 'size').get),
    max: Math.max,
    ownKeys,
    parse: JSON.parse,
    promiseThen: uncurryThis(Promise.prototype.then),
    regExpExec: uncurryThis(RegExp.prototype.exec),
    regExpToString: uncurryThis(RegExp.prototype.toString),
    setForEach: uncurryThis(Set.prototype.forEach),
    setSize: uncurryThis(getOwnPropertyDescriptor(Set.prototype, 'size').get),
    stringify: JSON.stringify,
    stringIncludes: uncurryThis(String.prototype.includes),
    stringLastIndexOf: uncurryThis(String.prototype.lastIndexOf),
    stringSlice: uncurryThis(String.prototype.slice),
    stringSplit: uncurryThis(String.prototype.split),
    stringToLowerCase: uncurryThis(String.prototype.toLowerCase),
    symbolToString: uncurryThis(Symbol.prototype.toString),
  }
})
