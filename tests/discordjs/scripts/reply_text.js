// use: button
// tells: 1
await interaction.reply('Hello')
