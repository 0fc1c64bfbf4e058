// Ends the function that scripts are put into, and begins one for what follows.
// expect: syntax
})(); globalThis.outside = true; (async () => {
