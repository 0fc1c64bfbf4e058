// measure.mjs <folder with guildhall and discord-sim> <rounds> <seconds>: see bench/scripts.sh.
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Simulator } from '../gateway/simulator.mjs'
import { discordJs, guildhall } from './bots.mjs'
import { Crowd } from './crowd.mjs'
import { cpuOf, memoryOf } from './processes.mjs'

const [bin, rounds, seconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const botCore = 0
const simulatorCore = 1
const world = { guilds: 100, roles: 1, channels: 1 }
const people = 15 // of each guild: who presses too often is told to wait
const underWay = 16
const quietGuilds = 20
const quietRate = 50
const hostileRate = 20
const warmUp = 1000
const rest = 2000

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

/** As many runs as there can be, with some presses under way at any time. */
async function measureThroughput(bot, sim, crowd, buttons) {
  let done = 0
  let lost = 0
  let going = true
  const presser = async () => {
    while (going) (await crowd.pressAndWait(buttons)) ? ++done : ++lost
  }
  const pressers = Array.from({ length: underWay }, presser)
  await pause(warmUp)
  const began = { done, time: performance.now(), cpu: cpuOf(bot.pid), simCpu: sim.program.cpu() }
  await pause(seconds * 1000)
  const took = (performance.now() - began.time) / 1000
  const cpu = cpuOf(bot.pid) - began.cpu
  const runs = done - began.done
  const simulator = (sim.program.cpu() - began.simCpu) / took
  going = false
  await Promise.all(pressers)
  return { rate: runs / took, perCpu: runs / cpu, share: cpu / took, simulator, lost }
}

/** How long answers take while people press now and then. */
async function measureLatency(crowd, buttons) {
  const presses = []
  const count = quietRate * seconds
  const began = performance.now()
  for (let i = 0; i < count; ++i) {
    await pause(Math.max(0, began + (i * 1000) / quietRate - performance.now()))
    presses.push(crowd.pressAndWait(buttons))
  }
  const times = await Promise.all(presses)
  const answered = times.filter((time) => time !== undefined).sort((a, b) => a - b)
  return { median: quantile(answered, 0.5), p99: quantile(answered, 0.99), lost: count - answered.length }
}

/** The same while another guild's script loops. */
async function measureUnderAttack(crowd, buttons, hostile) {
  const timer = setInterval(() => crowd.press(hostile).catch(() => {}), 1000 / hostileRate)
  await pause(warmUp)
  const result = await measureLatency(crowd, buttons)
  clearInterval(timer)
  return result
}

async function measure(startBot, sim, directory) {
  const bot = await startBot(botCore, sim, directory)
  const crowd = await Crowd.gather(sim, people)
  try {
    const buttons = await crowd.call('press')
    const hanging = await crowd.call('hang')
    const throughput = await measureThroughput(bot, sim, crowd, buttons)
    await pause(rest)
    const memory = memoryOf(bot.pid)
    const quiet = new Map([...buttons].slice(0, quietGuilds))
    const latency = await measureLatency(crowd, quiet)
    const attacked = await measureUnderAttack(crowd, quiet, new Map([...hanging].slice(-1)))
    return { throughput, memory, latency, attacked }
  } finally {
    crowd.leave()
    await bot.stop()
    await sim.forgetSessions()
  }
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2
}

function figure(number) {
  if (!Number.isFinite(number)) return '–' // Nothing was answered.
  if (number >= 100) return Math.round(number).toLocaleString('en')
  return number === 0 ? '0' : number.toPrecision(2)
}
const rounded = (_, value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value)
const sum = (sizes) => Object.values(sizes).reduce((a, b) => a + b, 0)
const hosts = (sizes) => sum(Object.fromEntries(Object.entries(sizes).filter(([name]) => name.startsWith('guildhall-vm'))))

const rows = [
  ['runs a second', ({ throughput }) => throughput.rate],
  ['runs for each second of processor time', ({ throughput }) => throughput.perCpu],
  ['from press to answer, ms, median', ({ latency }) => latency.median],
  ['the same, 99 of 100', ({ latency }) => latency.p99],
  ['median under attack, ms', ({ attacked }) => attacked.median],
  ['99 of 100 under attack, ms', ({ attacked }) => attacked.p99],
  ['99 of 100 under attack, times the quiet value', ({ latency, attacked }) => attacked.p99 / latency.p99],
  ['presses without an answer', ({ throughput, latency, attacked }) => throughput.lost + latency.lost + attacked.lost],
  ['memory (PSS) in all, MB', ({ memory }) => sum(memory)],
  ['of these guildhall-vm', ({ memory }) => hosts(memory)],
  ['core of the bot', ({ throughput }) => throughput.share],
  ['core of the simulator', ({ throughput }) => throughput.simulator],
]

function printTable(results) {
  const names = Object.keys(results)
  console.log(`| | ${names.join(' | ')} |`)
  console.log(`|---|${'---|'.repeat(names.length)}`)
  for (const [what, read] of rows) {
    console.log(`| ${what} | ${names.map((name) => figure(median(results[name].map(read)))).join(' | ')} |`)
  }
}

const directory = await mkdtemp(join(tmpdir(), 'guildhall-scripts-'))
process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
const sim = await Simulator.start(bin, simulatorCore, { directory, ...world })
// The crowd's connection follows the bot's at once.
await sim.control('PATCH', '/gateway', { identifyPeriod: 1 })
const bots = {
  guildhall: guildhall(bin),
  'node:vm': discordJs('vm'),
  'worker threads': discordJs('worker'),
}
const results = Object.fromEntries(Object.keys(bots).map((name) => [name, []]))
for (let round = 1; round <= rounds; ++round) {
  for (const [name, startBot] of Object.entries(bots)) {
    const result = await measure(startBot, sim, directory)
    results[name].push(result)
    console.error(`round ${round}, ${name}: ${JSON.stringify(result, rounded)}`)
  }
}
await sim.program.stop()
printTable(results)
process.exit()
