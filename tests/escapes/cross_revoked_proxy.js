// Options that are a proxy without a target.
// expect: exception
const { proxy, revoke } = Proxy.revocable({ content: 'x' }, {})
revoke()
await interaction.reply(proxy)
