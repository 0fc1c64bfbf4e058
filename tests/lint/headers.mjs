// Each header includes what it uses.
//
// If a .cpp file includes a header first, a build of the preset dev has shown that the header compiles alone, apart from the
// precompiled headers (cmake/folders.cmake): of those, the header must include what it names. The other headers are
// compiled alone here.
import { runAll } from './parallel.mjs'
import { closureOf, files, fingerprint, flagsOf, ownIncludes, textOf } from './tree.mjs'

const precompiled = {
  '<boost/asio/steady_timer.hpp>': /\bsteady_timer\b/,
  '<boost/json/': /\bjson::\w/,
  '<chrono>': /\bstd::chrono\b/,
  '<functional>': /\bstd::function\b/,
  '<memory>': /\bstd::(unique_ptr|shared_ptr|weak_ptr|make_unique|make_shared|enable_shared_from_this)\b/,
  '<optional>': /\bstd::(optional|nullopt)\b/,
  '<string>': /\bstd::string\b/,
  '<string_view>': /\bstd::string_view\b/,
  '<unordered_map>': /\bstd::unordered_map\b/,
  '<vector>': /\bstd::vector\b/,
}

const headers = files.filter((file) => file.endsWith('.hpp'))
const firstIncludes = new Set(
  files.filter((file) => file.endsWith('.cpp')).map((file) => ownIncludes(file)[0]?.path),
)
const isBuiltFirst = (header) => firstIncludes.has(header.replace(/^src\//, ''))

const withoutComments = (text) => text.replace(/\/\/.*/g, '')

/** The precompiled headers that a header uses without including them, directly or through the project's headers. */
function missingOf(header) {
  const included = closureOf(header).map(textOf).join('\n')
  const code = withoutComments(textOf(header))
  return Object.keys(precompiled).filter((name) => precompiled[name].test(code) && !included.includes(`#include ${name}`))
}

let failures = 0
for (const header of headers.filter(isBuiltFirst)) {
  for (const name of missingOf(header)) {
    console.log(`${header} uses a name from ${name} and does not include it`)
    failures += 1
  }
}

const tasks = headers
  .filter((header) => !isBuiltFirst(header))
  .map((file) => {
    const args = [...flagsOf(file), '-fsyntax-only', '-w', '-x', 'c++', file]
    return { file, program: 'g++', args, fingerprint: fingerprint(file, args) }
  })
failures += await runAll('headers', tasks)
process.exitCode = failures === 0 ? 0 : 1
