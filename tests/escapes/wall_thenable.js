// Waits for what calls nobody back, with a timer that keeps it alive.
// expect: wall
setTimeout(() => {}, 2 ** 31 - 1)
await { then() {} }
