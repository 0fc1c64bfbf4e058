// Replaces the iterators and methods of arrays, strings and maps.
// expect: completed
// calls: reply
Array.prototype[Symbol.iterator] = function* () { yield 'evil' }
String.prototype[Symbol.iterator] = function* () { yield 'evil' }
Map.prototype.get = Map.prototype.set = WeakMap.prototype.get = () => ({ evil: true })
Map.prototype.has = Set.prototype.has = () => true
Array.prototype.map = Array.prototype.filter = () => ['evil']
Array.prototype.push = Array.prototype.join = String.prototype.replace = () => 'evil'
Array.isArray = () => true
Object.keys = Object.entries = () => [['evil', 'evil']]
Object.assign = Object.create = Object.defineProperty = () => ({ evil: true })
await interaction.reply({ content: 'fine' })
