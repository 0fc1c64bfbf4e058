// Throws an error with a message of ten million characters.
// expect: exception | cpu
throw new Error('x'.repeat(1e7))
