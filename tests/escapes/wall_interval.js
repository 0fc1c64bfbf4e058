// Keeps an interval forever.
// expect: wall
setInterval(() => {}, 500)
