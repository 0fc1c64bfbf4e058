// Pollutes prototypes by what JSON brings, by merging and by defineProperty, and looks whether others are touched.
// expect: completed
// calls: reply
const evil = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "content": "fine"}')
Object.defineProperty(Object.prototype, 'polluted', { value: 1, enumerable: true, configurable: true })
await interaction.reply(evil)
