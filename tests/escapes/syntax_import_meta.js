// Asks where it is.
// expect: syntax
console.log(import.meta.url)
