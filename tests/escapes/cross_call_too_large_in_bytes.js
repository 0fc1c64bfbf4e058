// A call of fewer than 64 K characters and more than 64 KB.
// expect: call_size
await interaction.reply({ content: 'x', embeds: [{ description: '€'.repeat(25_000) }] })
