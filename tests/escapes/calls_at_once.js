// A hundred concurrent calls that are not awaited.
// expect: calls
await interaction.reply('0')
for (let i = 1; i < 100; ++i) interaction.followUp(String(i)).catch(() => {})
