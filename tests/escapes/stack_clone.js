// Copies something that is very deep.
// expect: exception | completed | cpu
let deep = {}
for (let i = 0; i < 5e4; ++i) deep = { deep }
structuredClone(deep)
