// Looks names up where it likes.
// expect: completed | syntax
with (new Proxy({}, { has: (_, name) => typeof name === 'string' && name !== 'Error', get: () => undefined })) {
  if (typeof process !== 'undefined') throw new Error('x')
}
