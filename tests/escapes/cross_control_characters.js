// Text with control characters: line ends, NUL, terminal escapes.
// expect: completed
// calls: reply, reply
console.log('\0\x07\x1b[2J\r\n\u2028\u2029\ufeff\u202e')
await interaction.reply('\0').catch(() => {})
await interaction.reply('\x07\x1b[2J\r\n{"type":"ended"}\n\u2028')
