// A list whose iterator never ends.
// expect: completed | exception | cpu | memory | call_size
const list = [{ title: 'x' }]
list[Symbol.iterator] = function* () { for (;;) yield { title: 'x' } }
await interaction.reply({ content: 'x', embeds: list })
