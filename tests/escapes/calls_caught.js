// Calls without end that catch whatever becomes of them.
// expect: calls
await interaction.deferReply()
for (;;) {
  try {
    await interaction.editReply('again')
  } catch {} finally {
    interaction.fetchReply().catch(() => {})
  }
}
