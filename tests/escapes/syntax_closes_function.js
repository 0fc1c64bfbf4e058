// Closes the function around the script, and opens another for what follows.
// expect: syntax
})(); globalThis.outside = true; (async () => {
