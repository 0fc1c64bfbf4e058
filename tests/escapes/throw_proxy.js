// Throws a proxy whose traps all throw.
// expect: exception
const evil = new Proxy({}, new Proxy({}, { get: () => () => { throw evil } }))
throw evil
