// Loops in a timer.
// expect: cpu
setTimeout(() => { for (;;); }, 1)
await new Promise(() => {})
