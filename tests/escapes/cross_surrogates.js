// Lone surrogates in every place that takes text.
// expect: completed
// calls: reply, followUp
console.log('\ud800', { '\udfff': '\ud800' })
await interaction.reply('a\ud800b')
await interaction.followUp({ embeds: [{ title: '\udc00\ud800', fields: [{ name: '\ud83d', value: '\ude00' }] }] })
