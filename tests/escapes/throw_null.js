// Throws nothing.
// expect: exception
throw null
