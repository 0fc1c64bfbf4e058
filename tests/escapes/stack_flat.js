// Lists in lists in lists, flattened and joined.
// expect: exception | cpu
let list = []
for (let i = 0; i < 5e4; ++i) list = [list]
list.flat(Infinity)
String(list)
