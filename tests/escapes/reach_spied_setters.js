// Defines setters where a prelude would write, to read and change messages to the parent.
// expect: completed
// calls: reply
const caught = []
for (const name of ['type', 'call', 'method', 'arguments', 'data', 'reason', 'message', 'value', 'resolve', 'reject', 'ended']) {
  Object.defineProperty(Object.prototype, name, {
    configurable: true,
    get: () => undefined,
    set(value) {
      caught.push(name)
      Object.defineProperty(this, name, { value: 'deleteReply', writable: true, configurable: true, enumerable: true })
    },
  })
}
for (const index of [0, 1, 2]) Object.defineProperty(Array.prototype, index, { configurable: true, set() { caught.push(index) } })
await interaction.reply('fine')
