// An option that takes for ever to write, or is never asked for.
// expect: cpu | completed
await interaction.reply({ content: 'x', embeds: [{ title: 'x', toJSON() { for (;;); } }] })
