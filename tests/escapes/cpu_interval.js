// A timer that works hard a thousand times a second.
// expect: cpu
setInterval(() => { for (let i = 0; i < 1e6; ++i); }, 1)
