// Options that are thenables, and values whose then takes the result away.
// expect: completed | exception | wall
// calls: reply
Object.prototype.then = undefined
await interaction.reply({ content: 'x', then: (resolve) => resolve({ content: 'y' }) })
