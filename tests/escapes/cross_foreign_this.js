// Calls the methods on other objects, and on an interaction with changed properties.
// expect: completed
const liars = [null, undefined, {}, 1, Object.create(interaction), new Proxy(interaction, {}), { ...interaction, token: 'x', id: '1' }]
for (const liar of liars) {
  for (const name of ['reply', 'editReply']) {
    try {
      await interaction[name].call(liar, 'x')
    } catch {}
  }
}
