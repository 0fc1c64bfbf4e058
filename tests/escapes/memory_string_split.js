// Text that is split into single characters, lists of which are kept.
// expect: memory | cpu | exception
const kept = []
for (;;) kept.push(Array.from('€'.repeat(1e6)))
