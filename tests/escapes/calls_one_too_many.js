// Twenty-one calls.
// expect: calls
await interaction.reply('1')
for (let i = 2; i <= 21; ++i) await interaction.followUp(String(i))
