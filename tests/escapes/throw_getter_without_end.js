// Throws an error whose message getter never returns.
// expect: exception | cpu
throw Object.defineProperty(new Error('x'), 'message', { get() { for (;;); } })
