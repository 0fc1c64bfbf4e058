// Message ids that contain other paths, webhooks and channels.
// expect: completed
const ids = ['../../../users/@me', '@original/../../1', '1/../../webhooks/2', '%2e%2e%2f', '1?wait=true', '', '0', '-1', 'x'.repeat(1000)]
let done = 0
await interaction.reply('x').catch(() => {})
for (const id of ids) {
  await interaction.fetchReply(id).then(() => ++done, () => {})
  await interaction.deleteReply(id).then(() => ++done, () => {})
}
if (done > 0) throw new Error(`${done} of them were taken`)
