// Objects of which each has other names.
// expect: memory | cpu
const kept = []
for (let i = 0; ; ++i) {
  const object = {}
  for (let j = 0; j < 50; ++j) object[`name_${i}_${j}`] = j
  kept.push(object)
}
