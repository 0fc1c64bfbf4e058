// Returns from its top, where discord.js's handlers return too.
// expect: completed
return { then: 'nothing' }
