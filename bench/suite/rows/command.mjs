// A message that calls a custom command: the time from sending it to the bot until the request with the response has reached
// the simulator. Many people in many guilds call it, because both have cooldowns.
import { pause, until, watching } from '../measuring.mjs'
import { membersOf } from '../people.mjs'

const command = {
  trigger: 'n',
  response: { content: 'You said ${1}', embeds: [{ title: 'Number ${1}', description: 'One of many.' }] },
}
const peopleOfGuild = 10
const quietRate = 40
const loadedRate = 500
const silence = 1000 // milliseconds after which no more answers are expected
const patience = 60_000

/** Latencies in ms at so many calls a second, once all or no more responses arrive. */
async function measureAnswers(simulator, members, rate, seconds) {
  const { id } = await simulator.control('POST', '/gateway/flood', {
    name: 'MESSAGE_CREATE',
    count: Math.round(rate * seconds),
    rate,
    content: '!n {n} and some more words',
    channelIds: members.map(({ channel }) => channel),
    authorIds: members.map(({ person }) => person),
  })
  const flood = async () => (await simulator.control('GET', '/gateway/flood')).floods.find((one) => one.id === id)
  await pause(seconds * 1000)
  let last = { count: -1 }
  const settled = async () => {
    const { count, sent, answers } = await flood()
    if (answers.count !== last.count) last = { count: answers.count, at: performance.now() }
    return sent === count && (answers.count === count || performance.now() - last.at > silence)
  }
  await until(settled, 'answers', { everyMs: 100, patience })
  const { count, answers } = await flood()
  return { median: answers.medianUs / 1000, p99: answers.p99Us / 1000, unanswered: count - answers.count }
}

const figure = (key, title, goals, short) => ({ key, title, unit: 'ms', better: 'less', goals, short })

export default {
  name: 'command',
  figures: [
    figure('median', 'custom command: message in to request out, median', [{ atMost: 1 }]),
    figure('p99', 'the same, 99 of 100', [{ times: 10 }]),
    figure('loadedMedian', `at ${loadedRate} a second, median`, [{ atMost: 1 }]),
    figure('loadedP99', `at ${loadedRate} a second, 99 of 100`, [{ times: 10 }], `commands at ${loadedRate}/s, p99`),
  ],
  async measure(contender, context) {
    const simulator = await context.simulator({ guilds: 200 })
    const members = await membersOf(simulator, peopleOfGuild)
    // Discord allows 50 requests a second by default, and more to large bots.
    const server = await context.start(contender, { simulator, env: { DISCORD_REQUESTS_PER_SECOND: '1000' } })
    await server.addCommands(simulator.guilds, [command])
    await context.warmUp(async () => {
      await measureAnswers(simulator, members, loadedRate, 0.5)
      return loadedRate / 2
    })
    const quiet = await measureAnswers(simulator, members, quietRate, 2 * context.seconds)
    const watch = watching({ server, simulator })
    const loaded = await measureAnswers(simulator, members, loadedRate, 2 * context.seconds)
    const details = { unanswered: quiet.unanswered + loaded.unanswered, ...watch.shares() }
    return { median: quiet.median, p99: quiet.p99, loadedMedian: loaded.median, loadedP99: loaded.p99, details }
  },
}
