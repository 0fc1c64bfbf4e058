// use: button
// tells: 4
await interaction.deferUpdate()
await interaction.editReply({ content: 'Changed in its place', components: [] })
const second = await interaction.followUp('Soon gone')
await interaction.deleteReply(second.id)
