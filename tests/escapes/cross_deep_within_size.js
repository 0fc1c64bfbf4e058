// Options that are deeper than any reader likes, and short.
// expect: exception | call_size
let deep = {}
for (let i = 0; i < 500; ++i) deep = { a: deep }
await interaction.reply({ content: 'x', embeds: [deep] })
