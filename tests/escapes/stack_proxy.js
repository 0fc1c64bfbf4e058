// A proxy that is its own prototype's prototype, asked for what it has not.
// expect: exception | cpu
const proxy = new Proxy({}, { get: (target, key, receiver) => receiver[key], has: (target, key) => key in proxy })
void proxy.x
