// Options whose getters return something else each time.
// expect: completed | exception
let looks = 0
const lying = {
  get content() { return ++looks === 1 ? 'short' : { toString: () => 'x'.repeat(5000) } },
  get flags() { return looks > 1 ? -1 : 64 },
  get embeds() { return looks > 1 ? 'none' : [{ get title() { return looks > 2 ? null : 'title' } }] },
}
await interaction.reply(lying)
