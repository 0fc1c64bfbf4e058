// Maps and sets that grow.
// expect: memory | cpu
const map = new Map()
const set = new Set()
for (let i = 0; ; ++i) map.set({ i }, [i]), set.add(`${i}`)
