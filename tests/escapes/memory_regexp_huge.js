// A regular expression that is larger than its input.
// expect: memory | exception | cpu
const kept = []
for (let i = 1; ; i *= 2) kept.push(new RegExp(`(?:${'(?:x{0,500}){0,500}|'.repeat(i)}y)`, 'u').test('x'))
