// Throws an error whose message takes for ever to read.
// expect: exception | cpu
throw Object.defineProperty(new Error('x'), 'message', { get() { for (;;); } })
