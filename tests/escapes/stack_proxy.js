// A proxy that is its own prototype's prototype, read for a missing property.
// expect: exception | cpu
const proxy = new Proxy({}, { get: (target, key, receiver) => receiver[key], has: (target, key) => key in proxy })
void proxy.x
