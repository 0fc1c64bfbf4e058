// main.mjs [--quick] [--rounds N] [--only ROW[,ROW]] [--contenders NAME[,NAME]] --bin DIR [--json FILE] [--svg FILE]
//
// Measures guildhall and its peers, row by row. The contenders of a row take turns, `rounds` times (A B A B); each
// measurement starts a new server, and a figure is the median of its rounds. Prints a table in Markdown on standard output
// and progress on standard error. Exits with 1 if something could not be measured; a missed goal is reported, but is no
// failure.
//
// A row is a file in rows/ whose default export is
//   { name, contenders, rounds, slow, measure(contender, context),
//     figures: [{ key, title, short, unit, better, goals }] }
//   contenders  names of `labels` in contenders.mjs; default: guildhall, node and bun
//   rounds      default: two
//   slow        left out of --quick unless it is named by --only
//   better      'more' or 'less'
//   short       its name in the picture; figures without one are not shown
//   goals       { times, than, of }: `of` (guildhall) is so many times better than `than`, or than the better peer;
//               { atMost, of }, { atLeast, of }: in the figure's unit
//   measure     returns { [key]: number, ..., details: { [what]: number } }
// The context is in context.mjs.
import { readdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Context, Shared } from './context.mjs'
import { peers } from './contenders.mjs'
import { describeMachine } from './machine.mjs'
import { picture } from './picture.mjs'
import { summary, table } from './report.mjs'

const order = ['me', 'commands', 'post', 'busy']
  .concat('socketio-200', 'socketio-2000', 'socketio-idle', 'gateway', 'gateway-guilds', 'command', 'script', 'log')
  .concat('start', 'memory')

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    only: { type: 'string' },
    contenders: { type: 'string' },
    bin: { type: 'string' },
    json: { type: 'string' },
    svg: { type: 'string' },
  },
})

async function loadRows(only) {
  const files = await readdir(new URL('rows/', import.meta.url))
  const unplaced = files.find((file) => !order.includes(file.replace('.mjs', '')))
  if (unplaced) throw new Error(`rows/${unplaced} has no place in the order of rows`)
  const unknown = only?.find((name) => !order.includes(name))
  if (unknown) throw new Error(`There is no row ${unknown}; there are ${order.join(', ')}`)
  const chosen = order.filter((name) => !only || only.includes(name))
  return Promise.all(chosen.map(async (name) => (await import(`./rows/${name}.mjs`)).default))
}

async function measureOnce(row, contender, shared) {
  const context = await Context.make(shared, contender)
  try {
    return await row.measure(contender, context)
  } finally {
    await context.end()
  }
}

const shown = (result) =>
  JSON.stringify(result, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value))

/** `{ [contender]: results of the rounds }`, and the failures. */
async function measureRow(row, rounds, only, shared) {
  const contenders = (row.contenders ?? ['guildhall', ...peers]).filter((name) => !only || only.includes(name))
  const results = Object.fromEntries(contenders.map((name) => [name, []]))
  const failures = []
  for (let round = 1; round <= rounds; ++round) {
    for (const contender of contenders) {
      const what = `${row.name}, ${contender}, round ${round}`
      try {
        const result = await measureOnce(row, contender, shared)
        results[contender].push(result)
        console.error(`${what}: ${shown(result)}`)
      } catch (error) {
        failures.push({ contender, round, reason: error.message.split('\n')[0] })
        console.error(`${what} FAILED: ${error.stack}`)
      }
    }
  }
  return { results, failures }
}

const shared = new Shared({
  bin: options.bin,
  peer: fileURLToPath(new URL('../peers/node', import.meta.url)),
  quick: options.quick,
  cores: { server: 0, load: 1 },
})
const began = performance.now()
const measured = []
const rows = await loadRows(options.only?.split(','))
const leftOut = rows.filter(({ slow }) => slow && options.quick && !options.only)
for (const row of rows.filter((one) => !leftOut.includes(one))) {
  const rounds = Number(options.rounds ?? (options.quick ? 1 : (row.rounds ?? 2)))
  const rowBegan = performance.now()
  const result = await measureRow(row, rounds, options.contenders?.split(','), shared)
  measured.push({ row, ...result, seconds: (performance.now() - rowBegan) / 1000 })
}
await shared.stop()

const seconds = (performance.now() - began) / 1000
const report = summary(measured, describeMachine(shared), seconds, options.quick && leftOut.map(({ name }) => name))
console.log(table(report))
if (options.json) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`)
if (options.svg) await writeFile(options.svg, picture(report))
process.exit(report.failures.length === 0 ? 0 : 1)
