// Throws an error with a stack of ten million lines, and a name that is as long.
// expect: exception | cpu | memory
throw Object.assign(new Error('x'), { stack: 'x@y:1:1\n'.repeat(1e6), name: 'y'.repeat(1e7) })
