// Asks what was constructed.
// expect: completed | syntax
if (new.target !== undefined) throw new Error('Something was')
