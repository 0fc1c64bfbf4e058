// /api/users/me and /api/users/me/guilds.
// @database
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError, assertTimestamp } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { guilds, people, permissions, startSimulator } from '../harness/simulator.mjs'
import { readToken } from '../harness/token.mjs'

const sim = await startSimulator(test)
const admin = await sim.person({ username: 'admin' })
const hall = await startGuildhall(test, sim, { env: { ADMIN_USER_IDS: `${people.linus.id},${admin.id}` } })

const guildsOf = (token) => hall.get('/api/users/me/guilds', { token })
const listRoute = '/users/@me/guilds'

/** A person without a cached guild list, member of two guilds with the bot. */
async function newcomer() {
  const person = await sim.person()
  await sim.member(guilds.workshop, person, permissions.manageGuild)
  await sim.member(guilds.harbour, person, permissions.none)
  const token = await hall.login(sim, person)
  await sim.forgetRequests()
  return { person, token }
}

/** Waits for the result of `ask` while Discord fails every request for a guild list. */
async function whileDiscord(fault, ask) {
  await sim.fault({ route: listRoute, count: 100, ...fault })
  try {
    return await ask()
  } finally {
    await sim.clearFaults()
  }
}

test('me is the person, without any token', async () => {
  const person = await sim.person({
    username: 'zoë',
    globalName: 'Zoë 🦀 "quoted"',
    email: 'zoe@example.org',
    avatar: 'a_0123456789abcdef0123456789abcdef',
  })
  const token = await hall.login(sim, person)
  const { status, body, headers } = await hall.get('/api/users/me', { token })
  assert.equal(status, 200)
  const { createdAt, updatedAt, ...rest } = body
  const roleId = rest.roles[0].id
  assert.deepEqual(rest, {
    id: person.id,
    username: 'zoë',
    globalName: 'Zoë 🦀 "quoted"',
    avatar: 'a_0123456789abcdef0123456789abcdef',
    email: 'zoe@example.org',
    roles: [{ id: roleId, name: 'USER' }],
  })
  assertTimestamp(createdAt)
  assertTimestamp(updatedAt)
  assert.match(headers['cache-control'], /no-store|private/)
})

test('what Discord does not tell is null', async () => {
  const token = await hall.login(sim, await sim.person({ globalName: null, email: null, avatar: null }))
  const { body } = await hall.get('/api/users/me', { token })
  assert.deepEqual([body.globalName, body.email, body.avatar], [null, null, null])
})

test('the id 2^64-1 stays whole', async () => {
  const person = await sim.person({ id: '18446744073709551615' })
  const { body } = await hall.get('/api/users/me', { token: await hall.login(sim, person) })
  assert.equal(body.id, '18446744073709551615')
})

test('ADMIN_USER_IDS hold the role ADMIN', async () => {
  const { body } = await hall.get('/api/users/me', { token: await hall.login(sim, admin) })
  assert.deepEqual(
    body.roles.map(({ name }) => name).sort(),
    ['ADMIN', 'USER'],
  )
  assert.equal(typeof body.roles[0].id, 'string')
})

test('without a token both are 401', async () => {
  assertError(await hall.get('/api/users/me'), 401)
  assertError(await hall.get('/api/users/me/guilds'), 401)
})

test('me asks neither Discord nor anyone else', async () => {
  const { token } = await newcomer()
  assert.equal((await hall.get('/api/users/me', { token })).status, 200)
  assert.deepEqual(await sim.requests('/users/@me'), [])
})

test('each guild says whether the bot is in it and whether the person may manage it', async () => {
  const { token } = await newcomer()
  const { status, headers, body } = await guildsOf(token)
  assert.equal(status, 200)
  assert.equal(headers.warning, undefined)
  const workshop = body.find(({ id }) => id === guilds.workshop)
  const harbour = body.find(({ id }) => id === guilds.harbour)
  assert.equal(body.length, 2)
  assert.deepEqual([workshop.name, workshop.botInGuild, workshop.manageable], ["Ada's Workshop", true, true])
  assert.deepEqual([workshop.prefix, workshop.language], ['!', 'en'])
  assert.deepEqual([harbour.botInGuild, harbour.manageable], [true, false])
})

test('a guild without the bot has no settings', async () => {
  const { body } = await guildsOf(await hall.login(sim, people.linus))
  const corner = body.find(({ id }) => id === guilds.quietCorner)
  assert.equal(corner.botInGuild, false)
  assert.equal('prefix' in corner || 'language' in corner, false)
})

test('a person without guilds has an empty list', async () => {
  const { body } = await guildsOf(await hall.login(sim, await sim.person()))
  assert.deepEqual(body, [])
})

test('many requests at once are one request to Discord', async () => {
  const { token } = await newcomer()
  await sim.fault({ route: listRoute, delayMs: 300 })
  const answers = await Promise.all(Array.from({ length: 20 }, () => guildsOf(token)))
  assert.deepEqual(
    answers.map(({ status }) => status),
    Array(20).fill(200),
  )
  assert.equal((await sim.requests(listRoute)).length, 1)
})

test('the list is kept for a while', async () => {
  const { token } = await newcomer()
  await guildsOf(token)
  await guildsOf(token)
  assert.equal((await sim.requests(listRoute)).length, 1)
})

test('one person never sees the list of another', async () => {
  const [first, second] = [await newcomer(), await newcomer()]
  const own = await sim.guild({ owner: first.person })
  const [mine, theirs] = await Promise.all([guildsOf(first.token), guildsOf(second.token)])
  assert.ok(mine.body.some(({ id }) => id === own.id))
  assert.equal(
    theirs.body.some(({ id }) => id === own.id),
    false,
  )
})

for (const [name, fault, status] of [
  ['limits us', { rateLimit: { scope: 'user', retryAfter: 30 } }, 503],
  ['fails', { status: 500 }, 503],
  ['is away', { drop: true }, 503],
  ['answers garbage', { garbage: true }, 502],
]) {
  test(`while Discord ${name} somebody new gets ${status}`, async () => {
    const { token } = await newcomer()
    assertError(await whileDiscord(fault, () => guildsOf(token)), status)
  })
}

test('a token that Discord no longer takes is 401', async () => {
  const { token } = await newcomer()
  const fault = { status: 401, body: { message: '401: Unauthorized', code: 0 } }
  assertError(await whileDiscord(fault, () => guildsOf(token)), 401)
})

test('the list is asked with the access token of the person', async () => {
  const { token } = await newcomer()
  await guildsOf(token)
  const { claims } = await readToken(token, hall.env.JWT_SECRET)
  const [sent] = await sim.requests(listRoute)
  assert.equal(sent.headers.authorization, `Bearer ${claims.access_token}`)
})
