// Declares functions in blocks, jumps to labels, and hoists over the globals.
// expect: completed
outer: for (const a of [1, 2]) for (const b of [1, 2]) continue outer
{ function setTimeout() { throw new Error('hoisted') } }
switch (1) { case 1: function structuredClone() {} }
