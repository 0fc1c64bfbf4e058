// Promises that never settle, each with many reactions.
// expect: memory | cpu
const never = new Promise(() => {})
for (;;) never.then(() => {}), Promise.all([never, never, never])
