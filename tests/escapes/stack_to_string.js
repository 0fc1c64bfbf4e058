// Texts of texts of texts.
// expect: exception | cpu
const value = { toString() { return `${value}` } }
String(value)
