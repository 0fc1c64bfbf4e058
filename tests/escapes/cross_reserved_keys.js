// Options with names that mean something to the parent or to Discord, and not to discord.js.
// expect: completed
const keys = { type: 9, data: { content: 'y' }, call: 99, method: 'deleteReply', arguments: {}, application_id: '1', token: 'x' }
await interaction.reply({ ...keys, content: 'x', message_reference: { message_id: '1' }, nonce: '1', sticker_ids: ['1'] }).catch(() => {})
await interaction.followUp({ ...keys, content: 'x', webhook_id: '1', username: 'Somebody else', avatar_url: 'https://e.example' }).catch(() => {})
