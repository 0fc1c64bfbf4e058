// A number that JSON does not have.
// expect: exception
await interaction.reply({ content: 'x', embeds: [{ title: 'x', color: 2n ** 64n }] })
