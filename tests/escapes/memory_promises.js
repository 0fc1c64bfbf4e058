// Promises that are never kept, each with many who wait.
// expect: memory | cpu
const never = new Promise(() => {})
for (;;) never.then(() => {}), Promise.all([never, never, never])
