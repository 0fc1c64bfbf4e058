// Options whose proxy traps all throw.
// expect: exception
const handler = new Proxy({}, { get: (_, trap) => () => { throw { trap, toString: null } } })
await interaction.reply(new Proxy({}, handler))
