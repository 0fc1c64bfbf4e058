// Walks through all reachable objects, and looks for one of another realm.
// expect: completed
const roots = [Object.prototype, Function.prototype, null]
const seen = new Set()
const waiting = [globalThis, interaction, args, console, setTimeout, structuredClone]
while (waiting.length > 0) {
  const value = waiting.pop()
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue
  seen.add(value)
  let end = value
  while (Object.getPrototypeOf(end)) end = Object.getPrototypeOf(end)
  if (end !== Object.prototype && Object.getPrototypeOf(value) !== null) throw new Error('An object of another world')
  if (typeof value === 'function' && !(value instanceof Function) && value !== Function.prototype) {
    throw new Error('A function of another world')
  }
  for (const key of Reflect.ownKeys(value)) {
    const { value: held, get, set } = Object.getOwnPropertyDescriptor(value, key)
    waiting.push(held, get, set)
  }
}
if (!roots.includes(Object.getPrototypeOf(Object.prototype))) throw new Error('There is something behind Object.prototype')
