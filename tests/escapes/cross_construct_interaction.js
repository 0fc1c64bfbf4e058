// Creates an interaction with the constructor of its own.
// expect: completed
const { constructor } = Object.getPrototypeOf(interaction)
for (const raw of [undefined, {}, { id: '1', token: 'x', guild_id: '1', data: { custom_id: 'x' } }]) {
  if (constructor === Object) break
  try {
    const other = new constructor(raw)
    await other.reply?.('as another')
  } catch {}
}
