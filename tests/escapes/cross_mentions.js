// Mentions everybody in ways that may slip through.
// expect: completed
const ways = [undefined, null, {}, { parse: undefined }, { parse: ['everyone', '\u0000'] }, 'everyone', { parse: { 0: 'everyone', length: 1 } }]
for (const allowedMentions of ways) await interaction.followUp({ content: '@everyone', allowedMentions }).catch(() => {})
