// Rejects a promise that nobody waits for, with a proxy without a target.
// expect: exception
const { proxy, revoke } = Proxy.revocable({}, {})
revoke()
Promise.reject(proxy)
