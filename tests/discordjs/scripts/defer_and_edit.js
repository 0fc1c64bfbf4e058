// use: button
// tells: 3
await interaction.deferReply({ flags: 'Ephemeral' })
await new Promise((resolve) => setTimeout(resolve, 20))
await interaction.editReply({ content: 'Done', embeds: [{ title: 'At last' }] })
await interaction.editReply({ content: 'Really done', embeds: [] })
