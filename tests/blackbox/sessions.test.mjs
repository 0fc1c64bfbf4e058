// Where a person is logged in, and how they end it.
// @database
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError, assertTimestamp } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim)
const path = '/api/users/me/sessions'
const list = async (token) => (await hall.get(path, { token })).body
const works = async (token) => (await hall.get('/api/users/me', { token })).status === 200

test('each login is a session, and says what logged in', async () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'
  const token = await hall.login(sim, await sim.person(), { 'user-agent': firefox })
  const [session, ...others] = await list(token)
  assert.deepEqual(others, [])
  assert.equal(session.current, true)
  assert.equal(session.browser, 'Firefox on Linux')
  for (const time of ['createdAt', 'lastSeenAt', 'expiresAt']) assertTimestamp(session[time])
})

test('one session is ended, and the others go on', async () => {
  const person = await sim.person()
  const [phone, laptop] = [await hall.login(sim, person), await hall.login(sim, person)]
  const other = (await list(laptop)).find(({ current }) => !current)
  assert.equal((await hall.delete(`${path}/${other.id}`, { token: laptop })).status, 204)
  assert.equal(await works(phone), false)
  assert.equal(await works(laptop), true)
  assert.equal((await list(laptop)).length, 1)
  assertError(await hall.delete(`${path}/${other.id}`, { token: laptop }), 404)
})

test('all others are ended at once', async () => {
  const person = await sim.person()
  const tokens = []
  for (let i = 0; i < 4; ++i) tokens.push(await hall.login(sim, person))
  const mine = tokens.pop()
  assert.equal((await list(mine)).length, 4)
  assert.equal((await hall.delete(path, { token: mine })).status, 204)
  for (const token of tokens) assert.equal(await works(token), false)
  assert.deepEqual((await list(mine)).map(({ current }) => current), [true])
})

test('nobody sees or ends the session of somebody else', async () => {
  const [mine, theirs] = [await hall.login(sim, await sim.person()), await hall.login(sim, people.grace)]
  const [{ id }] = await list(theirs)
  assert.ok(!(await list(mine)).some((session) => session.id === id))
  assertError(await hall.delete(`${path}/${id}`, { token: mine }), 404)
  assert.equal(await works(theirs), true)
})

test('a refreshed session stays the one that it was', async () => {
  const token = await hall.login(sim, await sim.person())
  const [before] = await list(token)
  const refreshed = (await hall.post('/api/auth/refresh', { token })).body.token
  const [after, ...others] = await list(refreshed)
  assert.deepEqual(others, [])
  assert.equal(after.id, before.id)
  assert.equal(after.createdAt, before.createdAt)
})

test('a session that has logged out is none', async () => {
  const person = await sim.person()
  const [gone, stays] = [await hall.login(sim, person), await hall.login(sim, person)]
  assert.equal((await hall.post('/api/auth/logout', { token: gone })).status, 204)
  assert.equal((await list(stays)).length, 1)
})
