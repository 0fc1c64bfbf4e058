// Clones a deeply nested object.
// expect: exception | completed | cpu
let deep = {}
for (let i = 0; i < 5e4; ++i) deep = { deep }
structuredClone(deep)
