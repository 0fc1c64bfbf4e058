// Writes values that have no text.
// expect: completed
const evil = new Proxy({}, new Proxy({}, { get: () => () => { throw new Error('trap') } }))
const cycle = {}
cycle.cycle = cycle
const throwing = { toString() { throw 1 }, toJSON() { throw 2 }, get x() { throw 3 }, [Symbol.toPrimitive]() { throw 4 } }
for (const value of [evil, cycle, throwing, Symbol('x'), 1n, undefined, null, () => {}, globalThis, interaction, new Array(2 ** 31), new Map([[cycle, evil]])]) {
  for (const level of ['log', 'debug', 'info', 'warn', 'error']) {
    try {
      console[level](value, '%s %d %o %j %c', value)
    } catch {}
  }
}
