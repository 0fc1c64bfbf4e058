// DASHBOARD=off: the API, its documentation and the login, without the dashboard's pages.
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { env: { DASHBOARD: 'off' } })
const browser = { accept: 'text/html' }

test('its pages and files are unknown paths', async (t) => {
  const unknown = await hall.get('/nowhere', { headers: browser })
  assertError(unknown, 404)
  const complete = await startGuildhall(t, sim)
  const [, file] = (await complete.get('/')).text.match(/"(\/assets\/[^"]+)"/)
  assert.equal((await complete.get(file)).status, 200)
  for (const path of ['/guilds', '/guilds/1/commands', '/admin', '/admin/logs', '/account', file]) {
    const answer = await hall.get(path, { headers: browser })
    assert.deepEqual([answer.status, answer.body.code], [404, unknown.body.code], path)
    assertError(await hall.post(path, { body: {} }), 404)
  }
})

test('the address leads to the documentation', async () => {
  const answer = await hall.get('/', { headers: browser })
  assert.deepEqual([answer.status, answer.header('location')], [302, '/docs'])
  assert.equal((await hall.get('/docs')).status, 200)
})

test('people log in with a client and with a browser', async () => {
  const token = await hall.login(sim, people.ada)
  assert.equal((await hall.get('/api/users/me', { token })).body.username, 'ada')

  const begun = await hall.get('/api/auth/login')
  const target = new URL(begun.header('location'))
  const { location } = await sim.authorize(people.ada, {
    clientId: target.searchParams.get('client_id'),
    redirectUri: target.searchParams.get('redirect_uri'),
    scope: target.searchParams.get('scope'),
    state: target.searchParams.get('state'),
  })
  const { pathname, search } = new URL(location)
  const ended = await hall.get(pathname + search, { headers: { ...browser, cookie: begun.cookieHeader } })
  assert.deepEqual([ended.status, ended.header('location')], [302, '/'])
  const cookie = `token=${ended.cookie('token').value}`
  assert.equal((await hall.get('/api/users/me', { headers: { cookie } })).body.username, 'ada')
  const failed = await hall.get('/api/auth/callback?state=x&code=y', { headers: browser })
  assert.match(failed.text, /Log in again/)
})
