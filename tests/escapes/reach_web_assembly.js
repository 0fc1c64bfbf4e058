// Wants machine code.
// expect: completed
if (typeof WebAssembly !== 'undefined') throw new Error('There is WebAssembly')
