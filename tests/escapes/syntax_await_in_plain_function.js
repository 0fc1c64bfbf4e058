// Uses await where it is not allowed.
// expect: syntax
function plain() { await 1 }
