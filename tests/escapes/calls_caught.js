// Calls in a loop and catches every error.
// expect: calls
await interaction.deferReply()
for (;;) {
  try {
    await interaction.editReply('again')
  } catch {} finally {
    interaction.fetchReply().catch(() => {})
  }
}
