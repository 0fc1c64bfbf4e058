// Returns a thenable that never resolves.
// expect: cpu
return { then(resolve) { for (;;); } }
