// Joins a string from many parts.
// expect: memory | exception | cpu
const part = 'x'.repeat(1 << 20)
console.log(new Array(2 ** 11).join(part).length)
const kept = []
for (;;) kept.push(new Array(8).fill(part).join('-'))
