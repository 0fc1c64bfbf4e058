// Replaces the methods of promises before it calls.
// expect: completed | exception
// calls: reply
const caught = []
const then = Promise.prototype.then
Promise.prototype.then = function (...callbacks) {
  caught.push(...callbacks)
  return then.apply(this, callbacks)
}
Object.defineProperty(Promise, Symbol.species, { get: () => class extends Promise {} })
Promise.resolve = Promise.reject = Promise.all = () => 'no promise'
globalThis.Promise = function () {}
await interaction.reply('fine')
