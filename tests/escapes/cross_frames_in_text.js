// Text that looks like the next messages to the parent.
// expect: completed
// calls: reply
const frame = '{"type":"failed","reason":"syntax"}'
console.log(`${'\0'.repeat(3)}\x23${frame}`)
await interaction.reply(`"}}\n${frame}\x01\x02\x23${frame}`)
