// Ends whatever block it stands in.
// expect: syntax
} throw new Error('outside'); {
