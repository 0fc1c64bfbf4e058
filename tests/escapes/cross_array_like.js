// Array-like objects in place of arrays: with a length, with an endless iterator, strings, typed arrays.
// expect: completed
const lists = [{ length: 1e9 }, 'text', new Uint8Array(8), new Map(), new Set([1]), 7, true, () => {}, Symbol.iterator]
for (const list of lists) await interaction.followUp({ content: 'x', embeds: list, components: list }).catch(() => {})
