// The files of a folder are compiled together, so their anonymous namespaces are one: no two of them may give
// a function, constant or type the same name. Two functions of one name with different parameters would
// compile, and calls could go to the wrong one.
import { files, folderOf, textOf } from './tree.mjs'

/** The lines of a file within `namespace {` and `}  // namespace`. */
function* anonymousLines(text) {
  let inside = false
  for (const [index, line] of text.split('\n').entries()) {
    if (line === 'namespace {') inside = true
    else if (line === '}  // namespace') inside = false
    else if (inside) yield [index + 1, line]
  }
}

/** The name that a line at the left margin declares; undefined if it declares none. */
function declared(line) {
  if (/^(?:using|template|TEST|TYPED_TEST|INSTANTIATE|MATCHER|namespace|static_assert|return|#|\/\/|[\s}])/.test(line)) return undefined
  const type = /^(?:class|struct|enum class|enum|union) (\w+)(?: final)?(?: :|:| \{|$)/.exec(line)
  if (type) return type[1]
  return /^(?:[\w:<>,*&[\]]+\s+)+[*&]*(\w+)(?:\(|\{| = |\[)/.exec(line)?.[1]
}

const places = new Map()
for (const file of files.filter((name) => name.endsWith('.cpp') && !name.includes('/guest/'))) {
  const kind = file.endsWith('_test.cpp') ? 'tests' : 'library'
  for (const [number, line] of anonymousLines(textOf(file))) {
    const name = declared(line)
    // `to_json` converts what its parameter is; main.cpp is compiled alone.
    if (name === undefined || name === 'to_json' || file.endsWith('main.cpp')) continue
    const key = `${folderOf(file)} ${kind} ${name}`
    if (!places.has(key)) places.set(key, new Map())
    if (!places.get(key).has(file)) places.get(key).set(file, number)
  }
}
for (const [key, found] of places) {
  if (found.size < 2) continue
  console.log(`${key.split(' ')[2]}: ${[...found].map(([file, number]) => `${file}:${number}`).join(', ')}`)
  process.exitCode = 1
}
