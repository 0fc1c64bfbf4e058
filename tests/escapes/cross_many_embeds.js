// A hundred thousand embeds.
// expect: call_size | exception | cpu
await interaction.reply({ embeds: new Array(1e5).fill({ title: 'x' }) })
