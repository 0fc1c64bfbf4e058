// Has things cloned that cannot be, or that run code while they are.
// expect: completed
for (const value of [() => {}, Symbol('x'), interaction, new Proxy({}, {}), new WeakMap(), globalThis, Promise.resolve()]) {
  try {
    structuredClone(value)
  } catch {}
}
const copy = structuredClone({ a: [1, { b: 2 }], when: new Date(0) })
if (copy.a[1].b !== 2 || Object.getPrototypeOf(copy) !== Object.prototype) throw new Error('A bad copy')
