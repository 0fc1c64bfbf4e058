// use: button
// tells: 4
const states = []
const note = () => states.push([interaction.replied, interaction.deferred, interaction.ephemeral].join())
note()
await interaction.deferReply({ ephemeral: true })
note()
await interaction.editReply('Now')
note()
await interaction.followUp('x')
note()
await interaction.editReply(states.join(' '))
