// Calls without end that are refused before they are made: they cost processor time alone.
// expect: cpu | calls
for (;;) await interaction.editReply('too early').catch(() => {})
