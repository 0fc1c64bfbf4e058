// Everything that is no message where a message is expected.
// expect: completed
const strange = [undefined, null, 0, 1n, true, Symbol('x'), () => {}, [], new Date(NaN), /x/, new Map(), new Error('x'), globalThis]
for (const options of strange) {
  try {
    await interaction.followUp(options)
  } catch {}
}
