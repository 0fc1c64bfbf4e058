// Reads what the prelude last matched from the legacy statics of RegExp.
// expect: completed
/own/.exec('my own')
try {
  await interaction.editReply({ content: 'x', components: [] })
} catch {}
if (RegExp.input !== undefined && !['', 'my own'].includes(RegExp.input)) throw new Error(`It tells ${RegExp.input}`)
