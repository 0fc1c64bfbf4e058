// Timers that make timers, without any time between.
// expect: cpu | memory | wall
const again = () => { setTimeout(again, 0); setTimeout(again, 0) }
again()
