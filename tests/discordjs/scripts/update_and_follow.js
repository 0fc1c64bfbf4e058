// use: button
// tells: 3
await interaction.update({ content: 'Pressed', embeds: [], components: [] })
await interaction.followUp({ content: 'More', embeds: [{ title: 'Later' }] })
await interaction.editReply('Changed once more')
