// A list of four thousand million holes.
// expect: exception | cpu | memory | call_size
const holes = []
holes.length = 2 ** 32 - 1
await interaction.reply({ content: 'x', embeds: holes })
