// Calls itself.
// expect: exception | cpu
function again() { return again() + 1 }
again()
