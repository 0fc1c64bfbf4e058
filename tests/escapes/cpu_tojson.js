// An option whose toJSON never returns.
// expect: cpu | completed
await interaction.reply({ content: 'x', embeds: [{ title: 'x', toJSON() { for (;;); } }] })
