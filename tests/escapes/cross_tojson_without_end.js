// A toJSON that answers with something that has a toJSON in it, and so on.
// expect: exception | cpu | memory | call_size | completed
const make = () => ({ toJSON: () => ({ title: 'x', fields: [make()] }) })
await interaction.reply({ content: 'x', embeds: [make()] })
