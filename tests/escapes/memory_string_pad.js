// Text that is padded to the longest there is, and kept.
// expect: memory | exception | cpu
const kept = []
for (let i = 0; ; ++i) kept.push('x'.padEnd(2 ** 24, `${i}-`))
