// A hundred calls at the same time, none of them waited for.
// expect: calls
await interaction.reply('0')
for (let i = 1; i < 100; ++i) interaction.followUp(String(i)).catch(() => {})
