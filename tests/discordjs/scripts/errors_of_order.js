// use: button
// tells: 2
const told = []
const attempt = async (what, action) => {
  try {
    await action()
    told.push(`${what}: fine`)
  } catch (error) {
    told.push(`${what}: ${error.name} | ${error.code} | ${error.message} | ${error instanceof Error}`)
  }
}
await attempt('editReply first', () => interaction.editReply('x'))
await attempt('followUp first', () => interaction.followUp('x'))
await attempt('deleteReply first', () => interaction.deleteReply())
await attempt('reply', () => interaction.reply('Once'))
await attempt('reply twice', () => interaction.reply('Twice'))
await attempt('update after reply', () => interaction.update('x'))
await attempt('deferReply after reply', () => interaction.deferReply())
await attempt('deferUpdate after reply', () => interaction.deferUpdate())
await interaction.followUp(told.join('\n'))
