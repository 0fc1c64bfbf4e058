// Reads import.meta.
// expect: syntax
console.log(import.meta.url)
