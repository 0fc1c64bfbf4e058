// A 429 that is a ban of the address, and answers that say strangely when to ask again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, redirectUri, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const page = '<!doctype html>\n<html><title>Access denied | discord.com</title>\n<body>error code: 1015</body></html>'
const html = { 'content-type': 'text/html' }

const logIn = async (hall, sim, person = people.grace) => {
  const { code } = await sim.authorize(person)
  return hall.post('/api/auth/token', { body: { code, redirect_uri: redirectUri } })
}

for (const [name, fault] of [
  ['a page of Cloudflare without Retry-After', { status: 429, body: page, headers: html }],
  ['an empty 429', { status: 429, body: '', headers: html }],
  ['a 403 with code 40333', { status: 403, body: { message: 'internal network error', code: 40333 } }],
  ['a blocked page', { status: 403, body: '<html>Sorry, you have been blocked</html>', headers: html }],
  ['Retry-After garbage', { status: 429, body: page, headers: { ...html, 'retry-after': 'in a while' } }],
  ['a negative Retry-After', { status: 429, body: page, headers: { ...html, 'retry-after': '-1' } }],
]) {
  test(`${name} stops all routes for minutes`, async (t) => {
    const sim = await startSimulator(t)
    const hall = await startGuildhall(t, sim)
    await hall.log(({ message }) => message === 'Slash commands registered', 'the bot to be at rest')
    await sim.forgetRequests()
    await sim.fault({ route: '*', count: 1000, ...fault })
    const answer = await logIn(hall, sim)
    assert.equal(answer.status, 503, answer.text)
    assert.ok(Number(answer.header('retry-after')) >= 60, answer.header('retry-after'))
    // Of other routes, as other people and as the bot.
    const channel = await sim.channelOf('3000000000000000001')
    await sim.say(channel, people.ada, '!nothing')
    await logIn(hall, sim, people.linus)
    assert.equal((await sim.requests()).length, 1)
    const lines = hall.logs().filter(({ message }) => /from this address/.test(message) && /None is sent/.test(message))
    assert.equal(lines.length, 1)
    assert.doesNotMatch(hall.program.output, /<html|<title|Access denied/)
  })
}

test('a start during a ban says so in readyz', async (t) => {
  const sim = await startSimulator(t)
  await sim.fault({ route: '*', count: 1000, status: 429, body: page, headers: html })
  const hall = await startGuildhall(t, sim, { synced: false })
  const reason = await until(async () => {
    const { body } = await hall.get('/readyz')
    return /address/.test(body.bot.reason) && body.bot.reason
  }, 'the reason')
  assert.match(reason, /asked again after \d+ s/)
  assert.ok((await sim.requests()).length <= 2)
})

const asDate = (seconds) => new Date(Date.now() + seconds * 1000).toUTCString()

for (const [name, headers, least, most] of [
  ['hours', { 'retry-after': '7200' }, 7000, 7200],
  ['a date', { 'retry-after': asDate(1800) }, 1700, 1800],
]) {
  test(`Retry-After of ${name} is waited for`, async (t) => {
    const sim = await startSimulator(t)
    const hall = await startGuildhall(t, sim)
    await sim.fault({ route: '/oauth2/token', count: 10, status: 429, body: page, headers: { ...html, ...headers } })
    const answer = await logIn(hall, sim)
    assert.equal(answer.status, 503)
    const wait = Number(answer.header('retry-after'))
    assert.ok(wait > least && wait <= most, wait)
  })
}

test('after a short ban one request shows that it is over', async (t) => {
  const sim = await startSimulator(t)
  const hall = await startGuildhall(t, sim)
  await sim.fault({ route: '/oauth2/token', status: 429, body: page, headers: { ...html, 'retry-after': '1' } })
  const answers = await Promise.all([people.ada, people.grace, people.linus].map((person) => logIn(hall, sim, person)))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  )
})

test('a limit of Discord’s own that does not say when it ends is not asked each second', async (t) => {
  const sim = await startSimulator(t)
  const hall = await startGuildhall(t, sim)
  const body = { message: 'You are being rate limited.', global: false }
  await sim.fault({ route: '/oauth2/token', count: 100, status: 429, body, headers: { 'x-ratelimit-scope': 'user' } })
  const answer = await logIn(hall, sim)
  assert.equal(answer.status, 503)
  assert.ok((await sim.requests('/oauth2/token')).length <= 3)
})

test('what Discord says of a login reaches the log, without the code', async (t) => {
  const sim = await startSimulator(t)
  const hall = await startGuildhall(t, sim, { env: { LOG_LEVEL: 'debug' } })
  const answer = await hall.post('/api/auth/token', { body: { code: 'A1b2C3d4E5f6G7h8', redirect_uri: redirectUri } })
  assert.ok(answer.status >= 400 && answer.status < 500, answer.text)
  assert.doesNotMatch(hall.program.output, /A1b2C3d4E5f6G7h8/)
})
