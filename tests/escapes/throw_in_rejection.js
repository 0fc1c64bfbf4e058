// Rejects a promise that nobody waits for.
// expect: exception
Promise.reject(new Error('nobody cared'))
await new Promise((resolve) => setTimeout(resolve, 50))
