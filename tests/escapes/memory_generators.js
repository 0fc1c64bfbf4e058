// Holds many suspended generators and async functions.
// expect: memory | cpu
const kept = []
function* generator(held) { yield held }
async function waits(held) { await new Promise(() => {}); return held }
for (;;) {
  const one = generator(new Array(100).fill(0))
  one.next()
  kept.push(one, waits(new Array(100).fill(0)))
}
