// A call that is larger than any message to the parent.
// expect: call_size
await interaction.reply({ content: 'x', embeds: [{ description: 'x'.repeat(4_000_000) }] })
