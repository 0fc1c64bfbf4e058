// Throws what cannot be text.
// expect: exception
throw Symbol('\ud800')
