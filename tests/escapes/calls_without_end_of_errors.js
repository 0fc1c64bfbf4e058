// Calls in a loop that fail before they are sent, so they only use processor time.
// expect: cpu | calls
for (;;) await interaction.editReply('too early').catch(() => {})
