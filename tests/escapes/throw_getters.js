// Throws an error whose texts throw when they are read.
// expect: exception
const error = new Error('x')
for (const name of ['name', 'message', 'stack', 'line', 'column', 'code', 'constructor', 'toString', Symbol.toPrimitive]) {
  Object.defineProperty(error, name, { get() { throw error } })
}
throw error
