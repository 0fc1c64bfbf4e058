// Writes ten thousand lines: all but the first hundred are lost, and that is all.
// expect: completed
// console: 100
// calls: reply
for (let i = 0; i < 10_000; ++i) console.log(i)
await interaction.reply('fine')
