// Has something to do twice a second, for ever.
// expect: wall
setInterval(() => {}, 500)
