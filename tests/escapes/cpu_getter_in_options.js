// An option whose getter never returns.
// expect: cpu
await interaction.reply({ get content() { for (;;); } })
