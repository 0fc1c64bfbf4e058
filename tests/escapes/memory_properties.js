// One object with ever more properties.
// expect: memory | cpu
const object = {}
for (let i = 0; ; ++i) object[`property ${i} ${'x'.repeat(100)}`] = { i }
