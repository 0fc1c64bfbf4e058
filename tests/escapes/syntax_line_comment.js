// Ends with a comment without the end of a line, which takes in nothing of what follows.
// expect: completed
// calls: reply
await interaction.reply('x') // })