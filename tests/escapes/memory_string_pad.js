// Pads strings to the maximum length and holds them.
// expect: memory | exception | cpu
const kept = []
for (let i = 0; ; ++i) kept.push('x'.padEnd(2 ** 24, `${i}-`))
