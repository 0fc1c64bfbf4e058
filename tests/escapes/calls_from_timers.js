// Calls from an interval that never stops.
// expect: calls
await interaction.reply('0')
setInterval(() => interaction.followUp('again').catch(() => {}), 1)
