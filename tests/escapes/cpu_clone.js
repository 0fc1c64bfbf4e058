// Clones in a loop.
// expect: cpu | memory
let value = { a: [1, 2, 3], b: new Map([[1, { c: 2 }]]) }
for (;;) value = structuredClone(value)
