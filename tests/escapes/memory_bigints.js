// Numbers of a thousand million bits.
// expect: memory | exception | cpu
const kept = []
for (let bits = 2n ** 20n; ; bits *= 2n) kept.push(1n << bits)
