// measure.mjs <folder with guildhall and discord-sim> <rounds> <seconds>: see bench/gateway.sh.
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { discordJs, guildhall } from './bots.mjs'
import { Simulator } from './simulator.mjs'

const [bin, rounds, seconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const botCore = 0
const simulatorCore = 1
const world = { guilds: 10_000, roles: 10, channels: 20 }
const guildsWithCommands = 100
const rest = 5000
const warmUp = 1000
const patience = 60_000

async function until(condition, what, everyMs = 20) {
  const deadline = performance.now() + patience
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Waited too long for ${what}`)
    await pause(everyMs)
  }
}

/** Seconds on the clock, and of processor time. */
const used = (bot, sim) => ({ seconds: performance.now() / 1000, cpu: bot.program.cpu(), simCpu: sim.program.cpu() })
const between = (a, b) => Object.fromEntries(Object.keys(a).map((key) => [key, b[key] - a[key]]))

/** From IDENTIFY until all guilds have come. */
async function measureStart(bot, sim, identifies) {
  let began
  await until(
    async () => {
      // A bot that is busy, or a simulator, answers late: it began when we were last told that it had not.
      began ??= used(bot, sim)
      if ((await sim.identifies()) > identifies) return true
      began = used(bot, sim)
    },
    'IDENTIFY',
    5,
  )
  await until(async () => (await bot.counts()).guilds >= sim.guildsOfBot, 'the guilds')
  return between(began, used(bot, sim))
}

/** How many `count` a second while messages come as fast as they are read. */
async function measureFlood(bot, sim, count, content, guilds) {
  const before = (await bot.counts())[count]
  await sim.flood(content, guilds)
  await until(async () => (await bot.counts())[count] > before, 'messages')
  await pause(warmUp)
  const [earlier, began] = [(await bot.counts())[count], used(bot, sim)]
  await pause(seconds * 1000)
  const [later, ended] = [(await bot.counts())[count], used(bot, sim)]
  await sim.endFlood()
  const took = between(began, ended)
  return { rate: (later - earlier) / took.seconds, perCpu: (later - earlier) / took.cpu, ...took }
}

async function measure(startBot, sim, directory) {
  const guilds = sim.guilds.slice(0, guildsWithCommands)
  const identifies = await sim.identifies()
  const bot = await startBot(botCore, sim, directory, guilds)
  try {
    const start = await measureStart(bot, sim, identifies)
    await pause(rest)
    const memory = bot.program.memory()
    await bot.addCommands(sim, guilds)
    const decode = await measureFlood(bot, sim, 'messages', 'Has anyone tried build {n}? It works here.', sim.guilds)
    const match = await measureFlood(bot, sim, 'matched', '!n {n} and some more words', guilds)
    return { memory, start, decode, match }
  } finally {
    await bot.stop()
    await sim.forgetSessions()
  }
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2
}

const figure = (number) => (number >= 100 ? Math.round(number).toLocaleString('en') : number.toPrecision(2))
const rounded = (_, value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value)

/** The rows of the table; ratios are told so that more is better for guildhall. */
const rows = [
  ['resident memory, idle, MB', ({ memory }) => memory, 'less'],
  ['IDENTIFY to last GUILD_CREATE, s', ({ start }) => start.seconds, 'less'],
  ['the same, s of processor time', ({ start }) => start.cpu, 'less'],
  ['events a second', ({ decode }) => decode.rate, 'more'],
  ['events for each second of processor time', ({ decode }) => decode.perCpu, 'more'],
  ['messages matched a second', ({ match }) => match.rate, 'more'],
  ['matched for each second of processor time', ({ match }) => match.perCpu, 'more'],
]
const loads = [
  ['guilds', ({ start }) => start],
  ['events', ({ decode }) => decode],
  ['matching', ({ match }) => match],
]

function printTable(results) {
  const names = Object.keys(results)
  const cells = (read) => names.map((name) => median(results[name].map(read)))
  console.log(`| | ${names.join(' | ')} | ratio, zlib | ratio, zstd |`)
  console.log(`|---|${'---|'.repeat(names.length + 2)}`)
  for (const [what, read, better] of rows) {
    const [zlib, zstd, other] = cells(read)
    const ratios = [zlib, zstd].map((ours) => (better === 'less' ? other / ours : ours / other))
    const shown = [...[zlib, zstd, other].map(figure), ...ratios.map((ratio) => ratio.toPrecision(2))]
    console.log(`| ${what} | ${shown.join(' | ')} |`)
  }
  for (const [what, read] of loads) {
    const share = (part) => cells((result) => read(result)[part] / read(result).seconds).map((one) => one.toFixed(2))
    const simulator = share('simCpu')
    const shares = share('cpu').map((bot, i) => `${bot}/${simulator[i]}`)
    console.log(`| core of bot/simulator, ${what} | ${shares.join(' | ')} | | |`)
  }
}

const directory = await mkdtemp(join(tmpdir(), 'guildhall-gateway-'))
process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
const sim = await Simulator.start(bin, simulatorCore, { directory, ...world })
const bots = {
  'guildhall, zlib-stream': guildhall(bin, 'zlib-stream'),
  'guildhall, zstd-stream': guildhall(bin, 'zstd-stream'),
  'discord.js, zlib-stream': discordJs(),
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
