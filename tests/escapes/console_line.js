// Writes one very long line, which is cut.
// expect: completed
// console: 1
console.log('€'.repeat(1e6))
