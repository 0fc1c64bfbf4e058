// Lists with entries that are far apart.
// expect: memory | cpu
const kept = []
for (let i = 0; ; ++i) {
  const list = []
  for (let j = 0; j < 100; ++j) list[j * 4e7] = j
  kept.push(list)
}
