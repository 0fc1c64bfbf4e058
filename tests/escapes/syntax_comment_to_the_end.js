// Leaves a comment open, which would include what follows the script.
// expect: syntax
await interaction.reply('x') /*
