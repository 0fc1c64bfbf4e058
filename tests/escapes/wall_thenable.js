// Awaits a thenable that never resolves, while a timer keeps the run alive.
// expect: wall
setTimeout(() => {}, 2 ** 31 - 1)
await { then() {} }
