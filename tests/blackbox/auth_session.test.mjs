// Sessions: refresh and logout, on several devices and nodes.
// @database
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError } from '../harness/assertions.mjs'
import { contents } from '../harness/database.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { request } from '../harness/http.mjs'
import { application, startSimulator } from '../harness/simulator.mjs'
import { readToken } from '../harness/token.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim)
const neighbour = await startGuildhall(test, sim, { env: hall.env })

const secret = hall.env.JWT_SECRET
const claimsOf = async (token) => (await readToken(token, secret)).claims
const refresh = (token, node = hall) => node.post('/api/auth/refresh', { token })
const logout = (token, node = hall) => node.post('/api/auth/logout', { token })
const statusOfMe = async (token, node = hall) => (await node.get('/api/users/me', { token })).status

/** The number of token requests to Discord since its journal was cleared. */
async function refreshesAtDiscord() {
  const requests = await sim.requests('/oauth2/token', 'POST')
  return requests.filter(({ body }) => JSON.stringify(body).includes('refresh_token')).length
}

async function newcomer() {
  const person = await sim.person()
  return { person, token: await hall.login(sim, person) }
}

test('refreshing gets new Discord tokens and a working session token', async () => {
  const { token, person } = await newcomer()
  const answer = await refresh(token)
  assert.equal(answer.status, 200, answer.text)
  assert.deepEqual(Object.keys(answer.body), ['token'])
  const [before, after] = [await claimsOf(token), await claimsOf(answer.body.token)]
  assert.notEqual(after.access_token, before.access_token)
  assert.notEqual(after.refresh_token, before.refresh_token)
  assert.equal(after.id, person.id)
  assert.equal(await statusOfMe(answer.body.token), 200)
})

test('a session can be refreshed again and again', async () => {
  let { token } = await newcomer()
  for (let round = 0; round < 3; ++round) {
    const answer = await refresh(token)
    assert.equal(answer.status, 200, answer.text)
    token = answer.body.token
  }
  assert.equal(await statusOfMe(token), 200)
})

test('20 concurrent refreshes make one request to Discord', async () => {
  const { token } = await newcomer()
  await sim.forgetRequests()
  await sim.fault({ route: '/oauth2/token', delayMs: 300 })
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(token)))
  assert.deepEqual(
    answers.map(({ status }) => status),
    Array(20).fill(200),
  )
  assert.equal(await refreshesAtDiscord(), 1)
  const claims = await Promise.all(answers.map(({ body }) => claimsOf(body.token)))
  assert.equal(new Set(claims.map((claim) => claim.refresh_token)).size, 1)
  assert.deepEqual(await Promise.all(answers.map(({ body }) => statusOfMe(body.token))), Array(20).fill(200))
})

test('concurrent refreshes on two nodes both succeed', async () => {
  const { token } = await newcomer()
  const answers = await Promise.all([hall, neighbour, hall, neighbour].map((node) => refresh(token, node)))
  for (const answer of answers) {
    assert.equal(answer.status, 200, answer.text)
    assert.equal((await refresh(answer.body.token)).status, 200)
  }
})

test('a client that lost the response can refresh with its old token', async () => {
  const { token } = await newcomer()
  await refresh(token)
  const again = await refresh(token)
  assert.equal(again.status, 200, again.text)
  assert.equal(await statusOfMe(again.body.token), 200)
})

test('a refresh that Discord did not answer can be repeated', async () => {
  const { token } = await newcomer()
  await sim.fault({ route: '/oauth2/token', drop: true })
  assertError(await refresh(token), 503)
  const again = await refresh(token)
  assert.equal(again.status, 200, again.text)
})

test('a session whose authorization was revoked at Discord cannot be refreshed', async () => {
  const { token } = await newcomer()
  const { access_token: revoked } = await claimsOf(token)
  const form = { client_id: application.id, client_secret: application.secret, token: revoked }
  assert.equal((await request('POST', `${sim.api}/oauth2/token/revoke`, { form })).status, 200)
  assertError(await refresh(token), 401)
})

test('the rotated refresh token is saved, so another node can use it', async () => {
  const { token } = await newcomer()
  const { token: second } = (await refresh(token)).body
  const third = await refresh(second, neighbour)
  assert.equal(third.status, 200, third.text)
  assert.equal((await refresh(third.body.token)).status, 200)
})

test('logging out ends the token at once, on every node', async () => {
  const { token } = await newcomer()
  assert.equal(await statusOfMe(token, neighbour), 200)
  assert.equal((await logout(token)).status, 204)
  assert.equal(await statusOfMe(token), 401)
  assert.equal(await statusOfMe(token, neighbour), 401)
  assertError(await refresh(token), 401)
})

test('logging out revokes at Discord', async () => {
  const { token } = await newcomer()
  const { access_token: access, refresh_token: renewal } = await claimsOf(token)
  await sim.forgetRequests()
  await logout(token)
  const [sent] = await sim.requests('/oauth2/token/revoke', 'POST')
  const revoked = JSON.stringify(sent.body)
  assert.ok(revoked.includes(access) || revoked.includes(renewal), 'names a token of that session')
})

test('logging out ends the session even when Discord is down', async () => {
  const { token } = await newcomer()
  await sim.fault({ route: '/oauth2/token/revoke', count: 5, drop: true })
  const answer = await logout(token)
  await sim.clearFaults()
  assert.equal(answer.status, 204, answer.text)
  assert.equal(await statusOfMe(token), 401)
})

test('logging out ends every token of that session, including refreshed ones', async () => {
  const { token } = await newcomer()
  const { token: second } = (await refresh(token)).body
  assert.equal((await logout(second)).status, 204)
  assert.deepEqual([await statusOfMe(token), await statusOfMe(second)], [401, 401])
})

test('a person may be logged in on several devices and log out of each', async () => {
  const person = await sim.person()
  const [phone, laptop, tablet] = [
    await hall.login(sim, person),
    await hall.login(sim, person),
    await hall.login(sim, person),
  ]
  assert.equal((await logout(phone)).status, 204)
  assert.deepEqual([await statusOfMe(phone), await statusOfMe(laptop), await statusOfMe(tablet)], [401, 200, 200])
  assert.equal((await refresh(laptop)).status, 200)
  assert.equal((await refresh(tablet)).status, 200)
})

test('logging out twice is 401', async () => {
  const { token } = await newcomer()
  await logout(token)
  assertError(await logout(token), 401)
})

test('a session survives a restart', async (t) => {
  const { token } = await newcomer()
  const restarted = await startGuildhall(t, sim, { env: hall.env })
  assert.equal(await statusOfMe(token, restarted), 200)
  assert.equal((await refresh(token, restarted)).status, 200)
})

test('neither tokens nor secrets are readable in the database or the log', async () => {
  const { token } = await newcomer()
  const { access_token: access, refresh_token: renewal } = await claimsOf(token)
  const stored = await contents(hall.env)
  assert.ok(stored.includes('schema_migrations'), 'the database was read')
  for (const hidden of [access, renewal, token, secret, hall.env.DISCORD_CLIENT_SECRET]) {
    for (const form of [hidden, Buffer.from(hidden).toString('base64').replace(/=+$/, '').slice(0, -1)]) {
      assert.equal(stored.includes(form), false, 'the database holds a secret')
      assert.equal(hall.program.output.includes(form), false, 'the log holds a secret')
    }
  }
})
