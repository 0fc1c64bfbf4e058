// A call of more than 64 KB.
// expect: call_size
await interaction.reply({ content: 'x', embeds: [{ description: 'x'.repeat(70_000) }] })
