// Throws an error whose texts are of other types.
// expect: exception
throw Object.assign(new Error('x'), { name: { a: 1 }, message: [1, [2]], stack: 7n, line: 'one', column: {}, code: Symbol('x') })
