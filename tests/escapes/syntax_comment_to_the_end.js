// Leaves a comment open, which takes in what follows the script.
// expect: syntax
await interaction.reply('x') /*
