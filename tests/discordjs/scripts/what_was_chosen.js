// use: menu red, blue
// tells: 1
const { values, customId, component } = interaction
await interaction.reply(`${customId}: ${values.join(' and ')}; ${interaction.isStringSelectMenu()} ${component.placeholder}`)
