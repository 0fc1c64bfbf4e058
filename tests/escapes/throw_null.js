// Throws null.
// expect: exception
throw null
