// Promises that create promises.
// expect: cpu
const again = () => Promise.resolve().then(again)
await again()
