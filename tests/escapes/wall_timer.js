// Sleeps for a minute.
// expect: wall
await new Promise((resolve) => setTimeout(resolve, 60_000))
