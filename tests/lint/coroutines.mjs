// A lambda that is a coroutine must not capture: its captures are destroyed with the lambda, while the coroutine may still
// run. Tests may, because they run it to its end at once, under the address sanitizer.
// (clang-tidy has cppcoreguidelines-avoid-capturing-lambda-coroutines for this, but not yet in Debian 12's version.)
import { files, textOf } from './tree.mjs'

const capturing = /\[[^\][]+\]\s*\([^()]*(?:\([^()]*\)[^()]*)*\)\s*(?:mutable\s*)?(?:noexcept\s*)?->\s*[\w:]*(?:Task|awaitable)</g

let failures = 0
for (const file of files.filter((name) => !name.endsWith('_test.cpp'))) {
  for (const { index } of textOf(file).matchAll(capturing)) {
    console.log(`${file}:${textOf(file).slice(0, index).split('\n').length}: a coroutine lambda that captures`)
    failures += 1
  }
}
process.exitCode = failures === 0 ? 0 : 1
