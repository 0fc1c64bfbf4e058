// Getters, setters and iterators that lead to themselves.
// expect: exception | cpu
const value = { get x() { return this.x }, set x(_) { this.x = 1 }, *[Symbol.iterator]() { yield* this } }
try {
  value.x = 1
} catch {}
try {
  void [...value]
} catch {}
void value.x
