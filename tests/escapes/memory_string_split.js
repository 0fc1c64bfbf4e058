// Splits strings into characters and holds the arrays.
// expect: memory | cpu | exception
const kept = []
for (;;) kept.push(Array.from('€'.repeat(1e6)))
