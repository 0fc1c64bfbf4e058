// Responds, then loops.
// expect: cpu
// calls: reply
await interaction.reply('fine')
for (;;);
