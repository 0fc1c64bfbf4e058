// Options ten thousand levels deep.
// expect: exception | call_size
let deep = []
for (let i = 0; i < 10_000; ++i) deep = [deep]
await interaction.reply({ content: 'x', components: deep })
