// Exports as modules do.
// expect: syntax
export const evil = 1
