// Replaces JSON.stringify and JSON.parse before it calls.
// expect: completed | exception
// calls: reply
JSON.stringify = () => '{"type":"ended"}'
JSON.parse = () => ({ type: 'result', call: 1, value: { evil: true } })
String.prototype.toJSON = () => 'changed'
Object.prototype.toJSON = () => ({ type: 'ended' })
Array.prototype.toJSON = () => 'changed'
await interaction.reply('fine')
