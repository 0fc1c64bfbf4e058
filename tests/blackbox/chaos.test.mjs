// Thousands of messages while everything fails: each that Discord delivered is answered exactly once.
// @database
// @long
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { dialect } from '../harness/database.mjs'
import { requestsFitDiscord } from '../harness/discord_document.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory } from '../harness/paths.mjs'
import { people, permissions, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

// The failures are Discord's. On MariaDB fewer messages show that restarts lose none there either.
const messages = dialect === 'sqlite' ? 2000 : 400
const perGuild = 20
const perPerson = 4

const sim = await startSimulator(test, { tls: true, identifyPeriod: 5_000 })
const directory = await freshDirectory(test)
const ids = await sim.manyGuilds(messages / perGuild)
const channels = new Map((await sim.world()).guilds.map(({ id, channels }) => [id, channels[0].id]))
await sim.changeGateway({ heartbeatInterval: 1000, eventsKept: 10_000 })

const env = { DISCORD_API_URL: `${sim.httpsUrl}/api/v10`, SSL_CERT_FILE: sim.ca, LOG_LEVEL: 'warn' }
let hall = await startHall()
env.JWT_SECRET = hall.env.JWT_SECRET

function startHall() {
  return startGuildhall(test, sim, { directory, env: { ...env, LOG_LEVEL: 'info' } })
}

async function restart(end) {
  await end()
  hall = await startHall()
}

const connected = () => until(async () => (await hall.get('/readyz')).status === 200, 'the bot to be ready', 60_000)

const route = '/channels/:channel_id/messages'
const post = (fault) => sim.fault({ method: 'POST', route, ...fault })

/** Failures while messages are sent; the session can be resumed after each. */
const harms = [
  () => sim.harm('drop'),
  () => post({ status: 500, body: '{}', count: 5 }),
  () => sim.harm('close', { code: 4000 }),
  () => post({ drop: true, count: 5 }),
  () => sim.harm('reconnect'),
  () => post({ rateLimit: { scope: 'user', retryAfter: 0.3 }, count: 3 }),
  () => sim.harm('ignoreHeartbeats', { count: 2 }),
  () => post({ status: 502, body: '<html>bad gateway</html>', count: 5 }),
  () => sim.harm('splitFrames', { bytes: 3, count: 20, tcp: true }),
  () => post({ rateLimit: { scope: 'shared', retryAfter: 0.2 }, count: 3 }),
  () => sim.harm('close', { code: 4008 }),
  () => post({ delayMs: 700, count: 10 }),
  () => sim.harm('delay', { ms: 300, forMs: 1000 }),
  () => post({ rateLimit: { scope: 'global', retryAfter: 0.25 } }),
  () => sim.harm('invalidSession', { resumable: true }),
  () => sim.harm('refuseConnections', { count: 2 }).then(() => sim.harm('drop')),
  () => sim.harm('requestHeartbeat'),
  () => sim.harm('close', { code: 4002 }),
  () => restart(() => hall.stop(30_000)),
  () => restart(() => hall.program.kill()),
]

/** Failures that end the session. No messages are sent meanwhile, because Discord would not deliver them. */
const losses = [
  () => sim.harm('close', { code: 4009 }),
  () => sim.harm('invalidSession', { resumable: false }),
]

test(`${messages.toLocaleString('en-US')} messages, each answered once`, { timeout: 600_000 }, async () => {
  const token = await hall.login(sim, people.ada)
  const headers = { authorization: `Bearer ${token}` }
  for (const id of ids) {
    const body = { trigger: 'n', response: { content: 'number ${1}' } }
    const answer = await until(async () => {
      const answer = await hall.post(`/api/guilds/${id}/commands`, { headers, body })
      return answer.status === 201 && answer
    }, 'the command to be made')
    assert.equal(answer.status, 201)
  }
  // No person sends so often that the bot ignores them.
  const speakers = []
  while (speakers.length < messages / perPerson) {
    const person = await sim.person()
    await sim.member(ids[speakers.length % ids.length], person, permissions.none)
    speakers.push(person)
  }

  const said = new Map()
  const say = async (number) => {
    const channel = channels.get(ids[number % ids.length])
    const message = await sim.say(channel, speakers[number % speakers.length], `!n ${number}`)
    said.set(message.id, number)
  }
  /** All responses so far, by the number of their message. */
  const answers = async () => {
    const counts = new Map()
    for (const id of ids) {
      for (const { author, content, message_reference: to } of await sim.messages(channels.get(id))) {
        if (!to) continue
        assert.equal(content, `number ${said.get(to.message_id)}`, `an answer of ${author.username}`)
        counts.set(to.message_id, (counts.get(to.message_id) ?? 0) + 1)
      }
    }
    return counts
  }
  /** Counting takes a request per channel, so it is done rarely. */
  const allAnswered = async () => {
    const deadline = Date.now() + 240_000
    while ((await answers()).size < said.size) {
      if (Date.now() > deadline) {
        const counts = await answers()
        const missing = [...said].filter(([id]) => !counts.has(id)).map(([, number]) => number)
        const metrics = (await hall.get('/metrics')).text.split('\n').filter((line) => /^(bot|discord|gateway)_/.test(line))
        assert.fail(`No answer to ${missing}\n${metrics.join('\n')}\n${hall.program.output}`)
      }
      await pause(500)
    }
  }

  const every = Math.floor(messages / harms.length)
  const lossAt = Math.floor(messages / (losses.length + 1))
  for (let number = 0; number < messages; number += 1) {
    await say(number)
    if (number % every === every - 1) await harms[Math.floor(number / every)]?.()
    if (number % lossAt === lossAt - 1 && losses.length > 0) {
      await connected()
      await allAnswered()
      await losses.shift()()
      await until(async () => (await hall.get('/readyz')).status !== 200, 'the loss to be noticed')
      await connected()
    }
    await pause(1)
  }
  await connected()
  await allAnswered()

  const counts = await answers()
  assert.equal(counts.size, messages)
  assert.deepEqual([...counts].filter(([, count]) => count !== 1), [])
  const { counts: gateway } = await sim.gateway()
  assert.ok(gateway.identifies < 10, `${gateway.identifies} IDENTIFYs`)
  console.log(`${messages} messages answered once each; ${JSON.stringify(gateway)}`)
  await requestsFitDiscord(sim)
})
