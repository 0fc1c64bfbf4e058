// Waits where one cannot.
// expect: syntax
function plain() { await 1 }
