// Options twenty thousand levels deep.
// expect: exception | call_size
let deep = []
for (let i = 0; i < 20_000; ++i) deep = [deep]
await interaction.reply({ content: 'x', components: deep })
