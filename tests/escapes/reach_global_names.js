// Looks for a global that is neither ECMAScript nor listed in docs/scripts.md.
// expect: completed
const ecmascript = `NaN undefined Infinity isNaN isFinite escape unescape decodeURI decodeURIComponent encodeURI
  encodeURIComponent eval globalThis parseInt parseFloat ArrayBuffer EvalError RangeError ReferenceError SyntaxError
  TypeError URIError AggregateError Proxy Reflect JSON Math Atomics Int8Array Int16Array Int32Array Uint8Array
  Uint8ClampedArray Uint16Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array DataView
  Date Error Boolean Map Number Set WeakMap WeakSet Object Function Array RegExp Iterator String Promise BigInt Symbol
  WeakRef FinalizationRegistry Intl SuppressedError DisposableStack AsyncDisposableStack Temporal`
const documented = 'interaction args console require setTimeout clearTimeout setInterval clearInterval structuredClone queueMicrotask'
const allowed = new Set(`${ecmascript} ${documented}`.split(/\s+/).filter(Boolean))
const found = []
for (let object = globalThis; object && object !== Object.prototype; object = Object.getPrototypeOf(object)) {
  for (const name of Reflect.ownKeys(object)) if (!allowed.has(name) && name !== Symbol.toStringTag) found.push(String(name))
}
if (found.length > 0) throw new Error(`There is more: ${found.join(', ')}`)
