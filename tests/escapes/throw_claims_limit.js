// Throws an error that looks like one of a limit.
// expect: exception
throw Object.assign(new Error('Out of memory'), { name: 'memory', reason: 'cpu', type: 'failed' })
