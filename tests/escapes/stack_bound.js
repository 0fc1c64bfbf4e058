// A function that is bound a hundred thousand times.
// expect: exception | completed | cpu
let bound = () => 1
for (let i = 0; i < 1e5; ++i) bound = bound.bind(null)
bound()
