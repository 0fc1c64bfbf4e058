// use: button
// tells: 5
await interaction.reply({ content: 'For you', ephemeral: true })
await interaction.followUp({ content: 'Also for you', flags: 'Ephemeral' })
await interaction.followUp({ content: 'And this', flags: 64 })
await interaction.followUp({ content: 'Not shown as a link', flags: ['SuppressEmbeds', 'Ephemeral'] })
await interaction.followUp('For all')
