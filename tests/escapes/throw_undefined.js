// Throws nothing at all.
// expect: exception
throw undefined
