// Awaits something whose then throws, calls back twice, and later again.
// expect: exception
await { then(resolve, reject) { reject(null); resolve(1); setTimeout(() => reject(2), 1); throw 3 } }
