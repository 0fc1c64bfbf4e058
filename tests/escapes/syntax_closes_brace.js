// Closes the block around the script.
// expect: syntax
} throw new Error('outside'); {
