// Rejects a promise without a handler.
// expect: exception
Promise.reject(new Error('nobody cared'))
await new Promise((resolve) => setTimeout(resolve, 50))
