// Pollutes prototypes by JSON, by merging and by defineProperty, and checks whether other objects change.
// expect: completed
// calls: reply
const evil = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "content": "fine"}')
Object.defineProperty(Object.prototype, 'polluted', { value: 1, enumerable: true, configurable: true })
await interaction.reply(evil)
