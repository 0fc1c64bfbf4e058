// A button whose command has a script that responds with a message: the time from the click until the callback has reached the
// simulator, at 20 and at 100 clicks a second; the same while a script of another guild loops forever and is clicked 20
// times a second; and how many scripts run a second with 16 clicks in flight. An unanswered click counts with Discord's
// limit of 3 s.
//
// guildhall runs each script in its own process; the peer in a fresh context of node:vm, which is no sandbox, or in a fresh
// thread with such a context.
import { Crowd } from '../crowd.mjs'
import { pause, percentile, watching } from '../measuring.mjs'

const peopleOfGuild = 15 // Who clicks too often is told to wait.
const quietRate = 20
const loadedRate = 100
const hostileRate = 20
const underWay = 16
const settling = 1500 // milliseconds, until what loops is felt

const buttonWith = (customId) => ({
  content: 'Press it',
  components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Press', custom_id: customId }] }],
})

const commands = [
  {
    trigger: 'press',
    response: buttonWith('count:41'),
    interaction: `
      const [, text] = interaction.customId.split(':')
      const count = Number(text) + 1
      await interaction.reply({
        content: \`\${interaction.user.username} has pressed it \${count} times\`,
        embeds: [{ title: 'Counter', fields: [{ name: 'Count', value: String(count), inline: true }] }],
      })
    `,
  },
  { trigger: 'hang', response: buttonWith('hang'), interaction: 'for (;;);' },
]

/** The maximum rate of runs, with a fixed number of clicks in flight. */
async function measureThroughput(server, simulator, crowd, buttons, context) {
  let done = 0
  let lost = 0
  let going = true
  const presser = async () => {
    while (going) (await crowd.pressAndWait(buttons)) ? ++done : ++lost
  }
  const pressers = Array.from({ length: underWay }, presser)
  await context.warmUp(async () => {
    const start = done
    await pause(500)
    return done - start
  })
  const watch = watching({ server, simulator })
  const before = done
  await pause(context.seconds * 1000)
  const runs = done - before
  const result = { rate: runs / watch.seconds(), perCpu: runs / watch.cpu('server'), shares: watch.shares() }
  going = false
  await Promise.all(pressers)
  return { ...result, lost }
}

/** The same clicks in all guilds except that of `hang`, whose script loops. */
async function measureUnderAttack(crowd, press, hang, context) {
  const buttons = new Map([...press].filter(([guild]) => !hang.has(guild)))
  const timer = setInterval(() => crowd.press(hang).catch(() => {}), 1000 / hostileRate)
  await pause(settling)
  const result = await crowd.pressRegularly(buttons, quietRate, 2 * context.seconds)
  clearInterval(timer)
  return result
}

const milliseconds = (key, title, more = {}) => ({ key, title, unit: 'ms', better: 'less', goals: [], ...more })
const faster = [
  { times: 1, than: 'node' },
  { times: 1, than: 'bun' },
]

export default {
  name: 'script',
  contenders: ['guildhall', 'node', 'bun', 'node-threads'],
  slow: true,
  figures: [
    milliseconds('median', 'script: click to callback, median'),
    milliseconds('p99', 'the same, 99 of 100'),
    milliseconds('loadedMedian', `at ${loadedRate} a second, median`),
    milliseconds('loadedP99', `at ${loadedRate} a second, 99 of 100`, { goals: faster }),
    milliseconds('attackedP99', 'beside a script that loops, 99 of 100', {
      goals: faster,
      short: 'script beside one that loops, p99',
    }),
    { key: 'rate', title: 'runs', unit: 'runs/s', better: 'more', goals: [] },
  ],
  async measure(contender, context) {
    const simulator = await context.simulator({ guilds: 100 })
    const server = await context.start(contender, { simulator })
    await server.addCommands(simulator.guilds, commands)
    const crowd = await Crowd.gather(simulator, peopleOfGuild, context)
    const press = await crowd.call('press')
    const hang = await crowd.call('hang', crowd.members.slice(-1))
    const { rate, perCpu, shares, lost } = await measureThroughput(server, simulator, crowd, press, context)
    const quiet = await crowd.pressRegularly(press, quietRate, 2 * context.seconds)
    const loaded = await crowd.pressRegularly(press, loadedRate, context.seconds)
    const attacked = await measureUnderAttack(crowd, press, hang, context)
    const details = {
      'runs for each second of processor time': perCpu,
      ...shares,
      'unanswered while loaded': lost + loaded.unanswered,
      'unanswered beside a script that loops': attacked.unanswered,
      'MB of all its processes': Object.values(server.pss()).reduce((sum, size) => sum + size, 0),
    }
    return {
      median: percentile(quiet.times, 0.5),
      p99: percentile(quiet.times, 0.99),
      loadedMedian: percentile(loaded.times, 0.5),
      loadedP99: percentile(loaded.times, 0.99),
      attackedP99: percentile(attacked.times, 0.99),
      rate,
      details,
    }
  },
}
