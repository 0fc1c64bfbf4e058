// The checks of .clang-tidy, which are all about moves: a file without one has nothing to be checked.
import { runAll } from './parallel.mjs'
import { files, fingerprint, flagsOf, textOf } from './tree.mjs'

// clang 14 has coroutines, but says so in a way that GCC's standard library does not know.
const clangFlags = ['-D__cpp_impl_coroutine=201902L', '-w']

const sources = files.filter((file) => file.endsWith('.cpp') && !file.endsWith('_test.cpp'))
const tasks = sources
  .filter((file) => /std::(move|forward)\b/.test(textOf(file)))
  .map((file) => {
    const args = ['--quiet', file, '--', ...flagsOf(file), ...clangFlags]
    return { file, program: 'clang-tidy', args, fingerprint: fingerprint(file, [args, textOf('.clang-tidy')]) }
  })
process.exitCode = (await runAll('tidy', tasks)) === 0 ? 0 : 1
