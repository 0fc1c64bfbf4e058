// A toJSON that calls reply while reply writes it.
// expect: completed | exception | calls
let depth = 0
const embed = {
  title: 'x',
  toJSON() {
    if (++depth < 50) interaction.followUp({ embeds: [embed] }).catch(() => {})
    return { title: 'x' }
  },
}
await interaction.reply({ embeds: [embed] }).catch(() => {})
