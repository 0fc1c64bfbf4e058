// Calls from a timer that goes on.
// expect: calls
await interaction.reply('0')
setInterval(() => interaction.followUp('again').catch(() => {}), 1)
