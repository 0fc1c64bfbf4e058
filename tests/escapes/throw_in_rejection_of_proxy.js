// Rejects a promise without a handler, with a revoked proxy.
// expect: exception
const { proxy, revoke } = Proxy.revocable({}, {})
revoke()
Promise.reject(proxy)
