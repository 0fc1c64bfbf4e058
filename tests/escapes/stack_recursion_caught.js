// Calls itself, twice, whenever there is no more room to call.
// expect: cpu | exception
function again() { try { again() } catch { again() } }
again()
