// Answers, and then does nothing, for ever.
// expect: cpu
// calls: reply
await interaction.reply('fine')
for (;;);
