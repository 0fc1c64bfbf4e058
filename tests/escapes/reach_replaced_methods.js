// Replaces the methods of the interaction and of its prototypes, which must only affect the script itself.
// expect: completed
for (let object = interaction; object && object !== Object.prototype; object = Object.getPrototypeOf(object)) {
  for (const name of ['reply', 'update', 'deferReply', 'editReply', 'followUp']) {
    try {
      object[name] = () => 'mine'
    } catch {}
  }
}
try {
  Object.assign(interaction, { replied: true, deferred: true, id: 1, user: { id: '1' }, guildId: '1' })
} catch {}
