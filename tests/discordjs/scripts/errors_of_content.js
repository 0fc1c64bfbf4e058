// use: button
// tells: 2
const told = []
const attempt = async (what, options) => {
  try {
    await interaction.reply(options)
    told.push(`${what}: fine`)
  } catch (error) {
    told.push(`${what}: ${error.name} | ${error.code}`)
  }
}
await attempt('a number', { content: 7 })
await attempt('too long', 'x'.repeat(2001))
await attempt('nothing', {})
await attempt('a long title', { embeds: [{ title: 'x'.repeat(257) }] })
await attempt('unknown flag', { content: 'x', flags: 'Loud' })
await attempt('good after all', 'Here it is')
await interaction.followUp(told.join('\n'))
