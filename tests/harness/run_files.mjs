// node run_files.mjs <tap file> <files at a time> <file>...: runs test files, started in this order, which `node --test`
// would sort. Shows the results, and writes them as TAP. Exits with 1 if a test failed.
import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import { run } from 'node:test'
import { spec as Spec, tap } from 'node:test/reporters'

const [log, concurrency, ...files] = process.argv.slice(2)
/** No file takes a third of that; one that hangs fails. */
const timeout = 15 * 60_000
const results = run({ files: files.map((file) => resolve(file)), concurrency: Number(concurrency), timeout })
results.on('test:fail', ({ todo }) => {
  if (todo === undefined) process.exitCode = 1
})
results.compose(new Spec()).pipe(process.stdout)
results.compose(tap).pipe(createWriteStream(log))
