// POST /api/auth/token: exchanges a code from Discord for a session.
// @database
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, redirectUri, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { env: { DISCORD_REDIRECT_URIS: redirectUri } })

const exchange = (body) => hall.post('/api/auth/token', { body })
const newCode = async (person = people.ada, fields = {}) => (await sim.authorize(person, fields)).code

test('a code in JSON is exchanged for a working token', async () => {
  const answer = await exchange({ code: await newCode(), redirect_uri: redirectUri })
  assert.equal(answer.status, 200, answer.text)
  assert.deepEqual(Object.keys(answer.body), ['token'])
  assert.equal(answer.header('cache-control'), 'no-store')
  const me = await hall.get('/api/users/me', { token: answer.body.token })
  assert.equal(me.body.id, people.ada.id)
})

test('a code in a form is exchanged for a token', async () => {
  const form = { code: await newCode(people.grace), redirect_uri: redirectUri }
  const answer = await hall.post('/api/auth/token', { form })
  assert.equal(answer.status, 200, answer.text)
  assert.equal((await hall.get('/api/users/me', { token: answer.body.token })).body.username, 'grace')
})

for (const [name, body, field] of [
  ['no code', { redirect_uri: redirectUri }, '/code'],
  ['no redirect_uri', { code: 'abc' }, '/redirect_uri'],
  ['an empty code', { code: '', redirect_uri: redirectUri }, '/code'],
  ['a code that is no string', { code: 5, redirect_uri: redirectUri }, '/code'],
  ['a field that nobody knows', { code: 'abc', redirect_uri: redirectUri, grant: 'x' }, '/grant'],
]) {
  test(`${name} is 422 and names ${field}`, async () => assertError(await exchange(body), 422, { field }))
}

test('a form with a missing field is 422, as JSON is', async () => {
  assertError(await hall.post('/api/auth/token', { form: { redirect_uri: redirectUri } }), 422, { field: '/code' })
})

test('a body that is not JSON is 400, one of another type 415', async () => {
  const json = { 'content-type': 'application/json' }
  assertError(await hall.post('/api/auth/token', { text: '{"code":', headers: json }), 400)
  assertError(await hall.post('/api/auth/token', { text: 'code', headers: { 'content-type': 'text/plain' } }), 415)
  assertError(await hall.post('/api/auth/token', { text: '[]', headers: json }), 422, { field: '' })
})

test('a code that Discord refuses is 400', async () => {
  assertError(await exchange({ code: 'made-up', redirect_uri: redirectUri }), 400)
})

test('a code works once', async () => {
  const code = await newCode()
  assert.equal((await exchange({ code, redirect_uri: redirectUri })).status, 200)
  assertError(await exchange({ code, redirect_uri: redirectUri }), 400)
})

test('a redirect_uri that is not allowed is 422, and Discord is not asked', async () => {
  const elsewhere = 'http://localhost:3000/elsewhere'
  const code = await newCode(people.ada, { redirectUri: elsewhere })
  await sim.forgetRequests()
  assertError(await exchange({ code, redirect_uri: elsewhere }), 422, { field: '/redirect_uri' })
  assert.deepEqual(await sim.requests('/oauth2/token'), [])
})

test('the client secret is sent only to Discord, in the token request', async () => {
  await sim.forgetRequests()
  await exchange({ code: await newCode(), redirect_uri: redirectUri })
  const [sent] = await sim.requests('/oauth2/token', 'POST')
  assert.match(sent.headers['content-type'], /^application\/x-www-form-urlencoded/)
  assert.match(sent.headers['user-agent'], /^DiscordBot \(\S+, \S+\)/)
})

for (const [name, route, fault, status] of [
  ['is away', '/oauth2/token', { drop: true }, 503],
  ['fails', '/oauth2/token', { status: 500 }, 503],
  ['is out of order', '/oauth2/token', { garbage: true }, 502],
  ['will not say who it is', '/users/@me', { garbage: true }, 502],
  ['goes away between code and person', '/users/@me', { drop: true }, 503],
]) {
  test(`while Discord ${name} a login is ${status}`, async () => {
    const code = await newCode()
    await sim.fault({ route, count: 10, ...fault })
    try {
      assertError(await exchange({ code, redirect_uri: redirectUri }), status)
    } finally {
      await sim.clearFaults()
    }
  })
}

test('while Discord limits us a login is 503', async (t) => {
  const own = await startSimulator(t)
  const limited = await startGuildhall(t, own)
  await own.fault({ route: '/oauth2/token', count: 10, rateLimit: { scope: 'user', retryAfter: 30 } })
  const { code } = await own.authorize(people.ada)
  const body = { code, redirect_uri: redirectUri }
  assertError(await limited.post('/api/auth/token', { body }), 503)
})

test('logging in again updates a changed name', async () => {
  const person = await sim.person({ username: 'before', globalName: 'Before' })
  const first = await hall.login(sim, person)
  await sim.changePerson(person.id, { username: 'after', globalName: null })
  const second = await hall.login(sim, person)
  for (const token of [first, second]) {
    const { body } = await hall.get('/api/users/me', { token })
    assert.deepEqual([body.username, body.globalName], ['after', null])
  }
})
