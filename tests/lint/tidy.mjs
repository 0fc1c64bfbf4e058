// The checks of .clang-tidy, above all that nothing is used after it was moved from. They take seconds per file, so files
// whose text shows that there is nothing to find are skipped.
import { runAll } from './parallel.mjs'
import { files, fingerprint, flagsOf, textOf } from './tree.mjs'

// clang 14 has coroutines, but does not define the macro that GCC's standard library tests.
const clangFlags = ['-D__cpp_impl_coroutine=201902L', '-w']

/** Whether a name that is moved from appears again after the move, or before it in a loop. */
function mayUseAfterMove(definition) {
  const loops = /\b(for|while|do)\b/.test(definition)
  const moves = [...definition.matchAll(/std::(?:move|forward(?:<[^>]*>)?)\(\*?(\w+)/g)]
  return moves.some(({ index, 0: move, 1: name }) => {
    const word = new RegExp(`\\b${name}\\b`)
    return word.test(definition.slice(index + move.length)) || (loops && word.test(definition.slice(0, index)))
  })
}

/** The definitions of a file at namespace level: each ends with a brace at the beginning of a line. */
const definitionsOf = (file) => textOf(file).split(/^}/m)

const tasks = files
  .filter((file) => file.endsWith('.cpp') && !file.endsWith('_test.cpp'))
  .filter((file) => definitionsOf(file).some(mayUseAfterMove))
  .map((file) => {
    const args = ['--quiet', file, '--', ...flagsOf(file), ...clangFlags]
    return { file, program: 'clang-tidy', args, fingerprint: fingerprint(file, [args, textOf('.clang-tidy')]) }
  })
process.exitCode = (await runAll('tidy', tasks)) === 0 ? 0 : 1
