// Awaits a promise that never settles.
// expect: wall | completed | exception
await new Promise(() => {})
