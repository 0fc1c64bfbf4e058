// Makes an interaction of its own with the constructor of the one it has.
// expect: completed
const { constructor } = Object.getPrototypeOf(interaction)
for (const raw of [undefined, {}, { id: '1', token: 'x', guild_id: '1', data: { custom_id: 'x' } }]) {
  if (constructor === Object) break
  try {
    const other = new constructor(raw)
    await other.reply?.('as another')
  } catch {}
}
