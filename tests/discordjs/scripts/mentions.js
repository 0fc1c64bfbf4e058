// use: button
// tells: 4
await interaction.reply('Hey @everyone')
const named = `<@${interaction.user.id}>`
await interaction.followUp({ content: named, allowedMentions: { users: [interaction.user.id] } })
await interaction.followUp({ content: named, allowedMentions: { parse: ['users'], repliedUser: false } })
await interaction.followUp({ content: named, allowedMentions: { parse: [] }, tts: true })
