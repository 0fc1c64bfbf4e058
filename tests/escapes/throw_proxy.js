// Throws a proxy whose every trap throws itself.
// expect: exception
const evil = new Proxy({}, new Proxy({}, { get: () => () => { throw evil } }))
throw evil
