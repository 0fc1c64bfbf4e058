// A call that exceeds the maximum frame.
// expect: call_size
await interaction.reply({ content: 'x', embeds: [{ description: 'x'.repeat(1_100_000) }] })
