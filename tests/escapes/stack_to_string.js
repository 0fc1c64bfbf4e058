// Texts of texts of texts.
// expect: exception
const value = { toString() { return `${value}` } }
String(value)
