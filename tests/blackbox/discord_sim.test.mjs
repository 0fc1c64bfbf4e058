// The simulator behaves as Discord does: responses, OAuth2 rules, rate limits. guildhall's requests are valid.
import assert from 'node:assert/strict'
import test from 'node:test'
import { belowApi, discordDocument, requestsFitDiscord, withDocument } from '../harness/discord_document.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { request } from '../harness/http.mjs'
import { application, guilds, people, permissions, redirectUri, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)

const client = { client_id: application.id, client_secret: application.secret }
const basic = (id, secret) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` })
const asBot = { authorization: `Bot ${application.botToken}` }
const asPerson = (tokens) => ({ authorization: `Bearer ${tokens.access_token}` })

const ask = (path, headers = {}) => request('GET', sim.api + path, { headers })
const tokenRequest = (form, headers = {}) => request('POST', `${sim.api}/oauth2/token`, { form, headers })
const byCode = (code, fields = {}) =>
  tokenRequest({ ...client, grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...fields })
const byRefresh = (token, fields = {}) =>
  tokenRequest({ ...client, grant_type: 'refresh_token', refresh_token: token, ...fields })

async function tokensOf(person, fields) {
  const { code } = await sim.authorize(person, fields)
  const answer = await byCode(code)
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}

function assertRefused(answer, status, error) {
  assert.deepEqual([answer.status, answer.body.error], [status, error])
}

test('a code is exchanged for tokens that identify the person', async () => {
  const tokens = await tokensOf(people.ada, { scope: 'identify email guilds' })
  assert.equal(tokens.token_type, 'Bearer')
  assert.deepEqual(new Set(tokens.scope.split(' ')), new Set(['identify', 'email', 'guilds']))
  assert.ok(Number.isInteger(tokens.expires_in))
  const { body } = await ask('/users/@me', asPerson(tokens))
  assert.deepEqual([body.id, body.email], [people.ada.id, 'ada@example.com'])
})

test('the client may authenticate in the body or with Basic', async () => {
  const form = { grant_type: 'authorization_code', redirect_uri: redirectUri }
  const { code } = await sim.authorize(people.ada)
  assert.equal((await tokenRequest({ ...form, code }, basic(application.id, application.secret))).status, 200)
  const other = await sim.authorize(people.ada)
  assertRefused(
    await tokenRequest({ ...form, code: other.code }, basic(application.id, 'wrong')),
    401,
    'invalid_client',
  )
  assertRefused(await byCode(other.code, { client_secret: 'wrong' }), 401, 'invalid_client')
})

test('a code works once, and for its redirect_uri', async () => {
  const { code } = await sim.authorize(people.ada)
  assertRefused(await byCode(code, { redirect_uri: 'http://localhost:3000/other' }), 400, 'invalid_grant')
  const second = await sim.authorize(people.ada)
  assert.equal((await byCode(second.code)).status, 200)
  assertRefused(await byCode(second.code), 400, 'invalid_grant')
  assertRefused(await byCode('made-up'), 400, 'invalid_grant')
})

test('a refresh token works once and is replaced', async () => {
  const first = await tokensOf(people.ada)
  const second = await byRefresh(first.refresh_token)
  assert.equal(second.status, 200)
  assert.notEqual(second.body.refresh_token, first.refresh_token)
  assertRefused(await byRefresh(first.refresh_token), 400, 'invalid_grant')
  assert.equal((await byRefresh(second.body.refresh_token)).status, 200)
})

test('other grants are refused', async () => {
  assertRefused(await tokenRequest({ ...client, grant_type: 'password' }), 400, 'unsupported_grant_type')
  assertRefused(
    await tokenRequest({ ...client, grant_type: 'authorization_code', redirect_uri: redirectUri }),
    400,
    'invalid_request',
  )
})

test('a revoked token no longer works', async () => {
  const tokens = await tokensOf(people.ada)
  const form = { ...client, token: tokens.access_token }
  assert.equal((await request('POST', `${sim.api}/oauth2/token/revoke`, { form })).status, 200)
  assert.equal((await ask('/users/@me', asPerson(tokens))).status, 401)
})

test('the authorize page returns the state after approval and denial', async () => {
  const query = new URLSearchParams({
    client_id: application.id,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'identify guilds',
    state: 'a b&c"<d>',
  })
  const page = await request('GET', `${sim.url}/oauth2/authorize?${query}`)
  assert.equal(page.status, 200)
  assert.match(page.type, /^text\/html/)
  for (const name of Object.keys(people)) assert.ok(page.text.includes(name), name)
  assert.equal(page.text.includes('c"<d>'), false, 'the state is escaped')
  query.set('client_id', '1')
  assert.ok((await request('GET', `${sim.url}/oauth2/authorize?${query}`)).status >= 400)
})

test('the authorize page does not redirect to an unknown redirect_uri', async () => {
  const query = new URLSearchParams({
    client_id: application.id,
    response_type: 'code',
    redirect_uri: 'https://evil.example/',
    scope: 'identify',
  })
  const page = await request('GET', `${sim.url}/oauth2/authorize?${query}`)
  assert.equal(page.status, 400)
  assert.equal(page.header('location'), undefined)
})

test('errors have Discord’s format', async () => {
  const scarce = await tokensOf(people.ada, { scope: 'identify' })
  for (const [answer, status, code] of [
    [await ask('/users/@me'), 401, 0],
    [await ask('/users/@me', { authorization: 'Bearer wrong' }), 401, 0],
    [await ask('/users/@me/guilds', asPerson(scarce)), 403, 50026],
    [await ask('/guilds/1', asBot), 404, 10004],
    [await ask(`/guilds/${guilds.quietCorner}`, asBot), 404, 10004],
    [await ask('/users/@me/guilds?limit=201', asBot), 400, 50035],
    [await ask('/nowhere', asBot), 404, 0],
  ]) {
    assert.deepEqual([answer.status, answer.body.code], [status, code])
    assert.equal(typeof answer.body.message, 'string')
  }
})

test('guilds are paged by id', async () => {
  const person = await sim.person()
  const own = (await sim.guilds(5, { owner: person }))
    .map(({ id }) => id)
    .sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
  const headers = asPerson(await tokensOf(person))
  const ids = async (query) => {
    // Discord allows one request for a user's guilds per second, so each uses a new authorization.
    const answer = await ask(`/users/@me/guilds?${query}`, asPerson(await tokensOf(person)))
    return answer.body.map(({ id }) => id)
  }
  assert.deepEqual(
    (await ask('/users/@me/guilds', headers)).body.map(({ id }) => id),
    own,
  )
  assert.deepEqual(await ids('limit=2'), own.slice(0, 2))
  assert.deepEqual(await ids(`limit=2&after=${own[1]}`), own.slice(2, 4))
  assert.deepEqual(await ids(`limit=2&before=${own[3]}`), own.slice(1, 3))
})

test('rate limits are announced and enforced', async () => {
  const headers = asPerson(await tokensOf(people.grace))
  const answers = await Promise.all([1, 2].map(() => ask('/users/@me/guilds', headers)))
  const [first, second] = answers.sort((a, b) => a.status - b.status)
  assert.equal(first.header('x-ratelimit-limit'), '1')
  assert.equal(first.header('x-ratelimit-remaining'), '0')
  assert.match(first.header('x-ratelimit-reset'), /^\d+(\.\d+)?$/)
  assert.match(first.header('x-ratelimit-bucket'), /^\w+$/)
  assert.equal(second.status, 429)
  assert.ok(second.body.retry_after > 0 && second.body.retry_after <= 1)
  assert.equal(second.body.global, false)
  assert.match(second.header('retry-after'), /^\d+$/)
  assert.equal(second.header('x-ratelimit-scope'), 'user')
})

test('faults happen as configured, as often as configured', async () => {
  await sim.fault({ route: '/users/@me', status: 503, body: { message: 'x' }, headers: { 'X-Test': '1' }, count: 2 })
  for (let count = 0; count < 2; ++count) {
    const answer = await ask('/users/@me', asBot)
    assert.deepEqual([answer.status, answer.body.message, answer.header('x-test')], [503, 'x', '1'])
  }
  assert.equal((await ask('/users/@me', asBot)).status, 200)
  await sim.fault({ route: '/users/@me', drop: true })
  await assert.rejects(ask('/users/@me', asBot))
  await sim.fault({ route: '*', garbage: true })
  const garbage = await ask('/users/@me', asBot)
  assert.equal(garbage.status, 200)
  assert.throws(() => JSON.parse(garbage.text))
  await sim.fault({ route: '/users/@me', rateLimit: { scope: 'global', retryAfter: 2.5 } })
  const limited = await ask('/users/@me', asBot)
  assert.deepEqual([limited.status, limited.body.retry_after, limited.body.global], [429, 2.5, true])
  assert.equal(limited.header('x-ratelimit-global'), 'true')
})

test('its responses match Discord’s OpenAPI document', withDocument, async () => {
  const person = await sim.person({ globalName: null, email: null })
  await sim.member(guilds.workshop, person, permissions.manageGuild)
  const known = await tokensOf(person, { scope: 'identify email guilds' })
  const scarce = await tokensOf(people.ada, { scope: 'identify' })
  for (const [path, headers] of [
    ['/users/@me', asPerson(known)],
    ['/users/@me', asPerson(scarce)],
    ['/users/@me', asBot],
    ['/users/@me', {}],
    ['/users/@me/guilds', asPerson(known)],
    ['/users/@me/guilds', asPerson(scarce)],
    ['/users/@me/guilds?with_counts=true', asBot],
    ['/users/@me/guilds?limit=0', asBot],
    [`/guilds/${guilds.workshop}`, asBot],
    [`/guilds/${guilds.workshop}?with_counts=true`, asBot],
    ['/guilds/1', asBot],
    ['/applications/@me', asBot],
    ['/oauth2/applications/@me', asBot],
    ['/oauth2/@me', asPerson(known)],
  ]) {
    discordDocument.assertAnswer('GET', path, await ask(path, headers))
  }
  const atOnce = await Promise.all([1, 2].map(() => ask('/users/@me/guilds', asPerson(known))))
  const limited = atOnce.find(({ status }) => status === 429)
  discordDocument.assertAnswer('GET', '/users/@me/guilds', limited)
})

test('guildhall’s requests match Discord’s OpenAPI document', withDocument, async (t) => {
  await sim.forgetRequests()
  const hall = await startGuildhall(t, sim)
  const token = await hall.login(sim, people.ada)
  await hall.get('/api/users/me/guilds', { token })
  await hall.post('/api/auth/refresh', { token })
  await hall.post('/api/auth/logout', { token })
  assert.ok((await requestsFitDiscord(sim)) > 0)
  for (const { path, headers } of await sim.requests()) {
    assert.match(headers['user-agent'], /^DiscordBot \(https?:\/\/\S+, \d+\.\d+\S*\)/, belowApi(path))
  }
})
