// Returns something that wants to be waited for, for ever.
// expect: cpu
return { then(resolve) { for (;;); } }
