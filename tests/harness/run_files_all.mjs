// node run_files.mjs <tap file> <files at a time> <file>...: runs test files, started in this order, which `node --test`
// would sort. Shows the results and which files took longest, and writes the results as TAP. Exits with 1 if a test failed.
import { createWriteStream } from 'node:fs'
import { basename, resolve } from 'node:path'
import { run } from 'node:test'
import { spec as Spec, tap } from 'node:test/reporters'

const [log, concurrency, ...files] = process.argv.slice(2)
/** No file takes a third of that; one that hangs fails. */
const timeout = 15 * 60_000
const results = run({ files: files.map((file) => resolve(file)), concurrency: Number(concurrency), timeout })
results.on('test:fail', ({ todo }) => {
  if (todo === undefined) process.exitCode = 1
})
/** The sum of the tests of each file, in milliseconds. */
const times = new Map()
for (const event of ['test:pass', 'test:fail']) {
  results.on(event, ({ file = '?', nesting, details }) => {
    if (nesting === 0) times.set(file, (times.get(file) ?? 0) + details.duration_ms)
  })
}
results.on('end', () => {
  const slowest = [...times].sort(([, a], [, b]) => b - a).slice(0, 100)
  console.log('The files that took longest:')
  for (const [file, time] of slowest) console.log(`${(time / 1000).toFixed(1).padStart(8)} s  ${basename(file)}`)
})
results.compose(new Spec()).pipe(process.stdout)
results.compose(tap).pipe(createWriteStream(log))
