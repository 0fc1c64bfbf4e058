// Writes one very long line, which is truncated.
// expect: completed
// console: 1
console.log('€'.repeat(1e6))
