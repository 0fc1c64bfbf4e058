// Waits for what never comes.
// expect: wall | completed | exception
await new Promise(() => {})
