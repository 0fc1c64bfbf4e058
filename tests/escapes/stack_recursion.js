// Calls itself.
// expect: exception
function again() { return again() + 1 }
again()
