// use: button
// tells: 6
const answered = await interaction.reply({ content: 'First', withResponse: true })
const { message } = answered.resource
await interaction.editReply({ message: message.id, content: `After ${message.content}` })
const more = await interaction.followUp('Something else')
await interaction.editReply({ message: more.id, content: `Not ${more.content}` })
await interaction.deleteReply(more.id)
const fetched = await interaction.fetchReply()
await interaction.followUp(`It says ${fetched.content} by ${fetched.author.username}`)
