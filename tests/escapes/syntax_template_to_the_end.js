// Leaves a template open.
// expect: syntax
await interaction.reply(`x
