// use: button
// tells: 3
await interaction.reply('Gone in a moment')
const { content } = await interaction.fetchReply()
await interaction.deleteReply()
await interaction.followUp({ content: `It said ${content}` })
