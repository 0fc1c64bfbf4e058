// Options that are a proxy, which lies about its keys and answers differently each time.
// expect: completed | exception
let asked = 0
const options = new Proxy({ content: 'a' }, {
  ownKeys: () => (++asked % 2 ? ['content'] : ['content', 'embeds', 'constructor', '__proto__']),
  getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: 'b' }),
  get: (_, key) => (key === 'content' ? `c${++asked}` : undefined),
  has: () => true,
  getPrototypeOf: () => Array.prototype,
})
await interaction.reply(options)
