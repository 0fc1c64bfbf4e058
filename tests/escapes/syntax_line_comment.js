// Ends with a line comment without a line end, which must not include what follows.
// expect: completed
// calls: reply
await interaction.reply('x') // })