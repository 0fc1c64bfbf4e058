// Reads new.target.
// expect: completed | syntax
if (new.target !== undefined) throw new Error('Something was')
