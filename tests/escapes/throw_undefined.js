// Throws undefined.
// expect: exception
throw undefined
