// Options that contain themselves.
// expect: exception
const embed = { title: 'x', fields: [] }
embed.fields.push(embed)
await interaction.reply({ embeds: [embed] })
