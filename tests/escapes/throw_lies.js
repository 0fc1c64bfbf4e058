// Throws an error that claims to be a good end.
// expect: exception
throw { name: 'completed', message: 'ended', type: 'ended', reason: 'completed', ending: 'completed', line: -1, column: 1e99 }
