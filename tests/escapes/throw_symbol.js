// Throws a value that cannot be converted to a string.
// expect: exception
throw Symbol('\ud800')
