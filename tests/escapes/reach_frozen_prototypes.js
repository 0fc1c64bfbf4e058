// Freezes the prototypes that the prelude might change.
// expect: completed
// calls: reply
for (const owner of [Object, Function, Array, Promise, Error, String, Map, Set]) Object.freeze(owner.prototype)
Object.freeze(globalThis.console)
await interaction.reply('fine')
