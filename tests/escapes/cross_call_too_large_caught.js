// A call that is too large, whose rejection is to be ignored.
// expect: call_size
for (;;) await interaction.reply('x'.repeat(70_000)).catch(() => {})
