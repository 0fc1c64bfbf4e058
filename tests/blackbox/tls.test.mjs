// Discord is contacted over TLS, and only with a valid certificate.
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, redirectUri, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test, { tls: true })
const overTls = { DISCORD_API_URL: `${sim.httpsUrl}/api/v10` }
const attempt = async (hall) => {
  const { code } = await sim.authorize(people.ada)
  return hall.post('/api/auth/token', { body: { code, redirect_uri: redirectUri } })
}

test('with the authority in SSL_CERT_FILE everything works', async (t) => {
  const hall = await startGuildhall(t, sim, { env: { ...overTls, SSL_CERT_FILE: sim.ca } })
  const token = await hall.login(sim, people.ada)
  const { body } = await hall.get('/api/users/me/guilds', { token })
  assert.ok(body.length > 0)
})

test('an authority that we do not know gets nothing, and the log says why', async (t) => {
  await sim.forgetRequests()
  const hall = await startGuildhall(t, sim, { env: overTls, synced: false })
  assertError(await attempt(hall), 502)
  await hall.log((entry) => /certificate/i.test(JSON.stringify(entry)), 'a log entry about the certificate')
  assert.deepEqual(
    (await sim.requests()).filter(({ path }) => path.includes('/api/')),
    [],
  )
})

test('a certificate for another name gets nothing', async (t) => {
  // 127.1 resolves to 127.0.0.1, but is not in the certificate.
  const env = { DISCORD_API_URL: overTls.DISCORD_API_URL.replace('127.0.0.1', '127.1'), SSL_CERT_FILE: sim.ca }
  const hall = await startGuildhall(t, sim, { env, synced: false })
  assertError(await attempt(hall), 502)
})

test('HTTP where TLS was expected gets nothing', async (t) => {
  const env = { DISCORD_API_URL: sim.api.replace('http:', 'https:'), SSL_CERT_FILE: sim.ca }
  const hall = await startGuildhall(t, sim, { env, synced: false })
  assertError(await attempt(hall), 502)
})

test('an SSL_CERT_FILE that is not there fails closed', async (t) => {
  const env = { ...overTls, SSL_CERT_FILE: '/nonexistent/ca.pem' }
  const hall = await startGuildhall(t, sim, { env, synced: false }).catch((stopped) => stopped)
  if (hall instanceof Error) return assert.match(hall.message, /SSL_CERT_FILE|\/nonexistent\/ca\.pem/)
  assertError(await attempt(hall), 502)
})
