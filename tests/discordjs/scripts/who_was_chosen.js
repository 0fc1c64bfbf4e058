// use: people 2000000000000000002
// tells: 1
const [person] = interaction.users.values()
const member = interaction.members.first()
await interaction.reply(`${interaction.values} is ${person.username}, ${member.displayName}, ${interaction.users.size}`)
