// What operators see and change over HTTP: /api/admin/...
// @database
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError, assertTimestamp } from '../harness/assertions.mjs'
import { dialect } from '../harness/database.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { env: { ADMIN_USER_IDS: people.ada.id } })
const token = await hall.login(sim, people.ada)
const others = []
for (const name of ['admin.test.one', 'admin.test.two', 'admin.test.three']) {
  const person = await sim.person({ username: name, globalName: `Person ${name.slice(11).toUpperCase()}` })
  others.push({ ...person, token: await hall.login(sim, person) })
}
const [one, two] = others

const users = async (query = '', as = token) => hall.get(`/api/admin/users${query}`, { token: as })
const role = (person, name = 'ADMIN') => `/api/admin/users/${person.id ?? person}/roles/${name}`
const rolesOf = async (person) => {
  const { body } = await users(`?search=${person.id}`)
  return body.users.find(({ id }) => id === person.id).roles.map(({ name }) => name)
}

for (const [method, path] of [
  ['GET', '/api/admin/status'],
  ['GET', '/api/admin/users'],
  ['PUT', role(people.mallory)],
  ['DELETE', role(people.ada)],
]) {
  test(`${method} ${path} is for ADMIN`, async () => {
    assertError(await hall.request(method, path), 401)
    assertError(await hall.request(method, path, { token: one.token }), 403)
  })
}

test('the status is that of /readyz, with shards, database and script host', async () => {
  const { status, body } = await hall.get('/api/admin/status', { token })
  assert.equal(status, 200)
  const ready = (await hall.get('/readyz')).body
  assert.deepEqual(body.bot, ready.bot)
  assert.deepEqual(body.database, { dialect, ...ready.database })
  assert.ok(body.shards.length > 0)
  for (const [index, shard] of body.shards.entries()) {
    assert.equal(shard.id, index)
    assert.equal(shard.state, 'ready')
  }
  assert.ok(body.identifyBudget.used >= 1)
  assert.equal(typeof body.scriptHost.running, 'number')
  assert.ok(['up', 'down', 'off'].includes(body.scriptHost.state))
  assert.ok(body.memoryBytes > 1_000_000)
  assert.ok(body.uptimeSeconds >= 0)
  assertTimestamp(body.startedAt)
})

test('people are found by id and by a part of their names', async () => {
  const { body } = await users('?search=ADMIN.TEST')
  assert.deepEqual(body.users.map(({ username }) => username).sort(), ['admin.test.one', 'admin.test.three', 'admin.test.two'])
  assert.equal(body.next, null)
  assert.deepEqual((await users('?search=person%20three')).body.users.map(({ username }) => username), ['admin.test.three'])
  const { users: found } = (await users(`?search=${one.id}`)).body
  assert.equal(found.length, 1)
  const { createdAt, lastSeenAt, avatar, ...rest } = found[0]
  assert.deepEqual(rest, {
    id: one.id,
    username: 'admin.test.one',
    globalName: 'Person ONE',
    roles: rest.roles,
  })
  assert.deepEqual(rest.roles.map(({ name }) => name), ['USER'])
  assertTimestamp(createdAt)
  assertTimestamp(lastSeenAt)
  assert.ok(avatar === null || typeof avatar === 'string')
  assert.deepEqual((await users('?search=%25')).body.users, [], 'a percent sign is no wildcard')
})

test('pages have no overlap and no gap', async () => {
  const whole = (await users('?limit=100')).body
  const paged = []
  for (let before = ''; before !== null; ) {
    const { body } = await users(`?limit=2&before=${before}`)
    paged.push(...body.users.map(({ id }) => id))
    before = body.next
  }
  assert.deepEqual(paged, whole.users.map(({ id }) => id))
})

for (const [query, field] of [['?limit=0', '/limit'], ['?limit=101', '/limit'], ['?before=x', '/before'], [`?search=${'a'.repeat(101)}`, '/search']]) {
  test(`users${query.slice(0, 20)} is refused at ${field}`, async () => assertError(await users(query), 422, { field }))
}

test('ADMIN is granted and revoked, and sessions follow', async () => {
  assert.equal((await hall.request('PUT', role(one), { token })).status, 204)
  assert.deepEqual(await rolesOf(one), ['ADMIN', 'USER'])
  await until(async () => (await users('', one.token)).status === 200, 'the session to hold the role')
  assert.equal((await hall.request('PUT', role(one), { token })).status, 204, 'once more changes nothing')
  assert.equal((await hall.request('DELETE', role(one), { token })).status, 204)
  assert.deepEqual(await rolesOf(one), ['USER'])
  await until(async () => (await users('', one.token)).status === 403, 'the session to lose the role')
  assertError(await hall.request('DELETE', role(one), { token }), 404)
  assert.match(hall.program.output, /Granted role ADMIN/)
  assert.match(hall.program.output, /Revoked role ADMIN/)
})

test('nobody takes ADMIN from themselves, nor from whom ADMIN_USER_IDS names', async () => {
  const own = await hall.request('DELETE', role(people.ada), { token })
  assertError(own, 409)
  assert.match(own.body.error, /yourself/)
  assert.equal((await hall.request('PUT', role(two), { token })).status, 204)
  await until(async () => (await users('', two.token)).status === 200, 'the session to hold the role')
  const listed = await hall.request('DELETE', role(people.ada), { token: two.token })
  assertError(listed, 409)
  assert.match(listed.body.error, /ADMIN_USER_IDS/)
  assert.deepEqual(await rolesOf(people.ada), ['ADMIN', 'USER'])
})

test('who has not logged in cannot be granted a role, and only ADMIN is granted', async () => {
  assertError(await hall.request('PUT', role('404'), { token }), 404)
  assertError(await hall.request('PUT', role('nobody'), { token }), 404)
  assertError(await hall.request('PUT', role(one, 'USER'), { token }), 404)
})
