// An option that takes for ever to read.
// expect: cpu
await interaction.reply({ get content() { for (;;); } })
