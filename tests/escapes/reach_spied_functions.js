// Replaces built-in functions that a careless prelude would use, to get the functions that write to the parent.
// expect: completed
// calls: reply
const { apply, ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect
const toText = Function.prototype.toString
const caught = []
function spyOn(owner, name) {
  const { value: original, writable } = getOwnPropertyDescriptor(owner, name) ?? {}
  if (typeof original !== 'function' || !writable || name === 'constructor') return
  owner[name] = function (...values) {
    if (typeof this === 'function') caught[caught.length] = this
    for (let i = 0; i < values.length; ++i) if (typeof values[i] === 'function') caught[caught.length] = values[i]
    return apply(original, this, values)
  }
}
for (const owner of [Function, Array, Promise, String, Map, WeakMap, Set, RegExp, Error, Symbol]) {
  for (const name of ownKeys(owner.prototype)) spyOn(owner.prototype, name)
}
for (const owner of [Object, JSON, Reflect, Array, Promise, Number, String]) for (const name of ownKeys(owner)) spyOn(owner, name)
caught.length = 0
await interaction.reply('fine')
for (let i = 0; i < caught.length; ++i) {
  const text = apply(toText, caught[i], [])
  if (/native code/.test(text) && /send|post|write|emit|call(?!\()/i.test(caught[i].name)) throw new Error(`It has ${text}`)
}
