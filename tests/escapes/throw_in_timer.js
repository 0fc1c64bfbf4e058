// Throws in a callback that nothing awaits.
// expect: exception
setTimeout(() => { throw new Error('from a timer') }, 1)
await new Promise((resolve) => setTimeout(resolve, 50))
