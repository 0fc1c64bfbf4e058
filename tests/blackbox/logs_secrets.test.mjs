// No secret and no content of a message is ever logged.
import assert from 'node:assert/strict'
import test from 'node:test'
import { query } from '../harness/database.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { exchange } from '../harness/raw_http.mjs'
import { application, guilds, people, redirectUri, startSimulator } from '../harness/simulator.mjs'
import { readToken } from '../harness/token.mjs'
import { until } from '../harness/wait.mjs'

const content = 'What Grace wrote is for her guild alone'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { env: { ADMIN_USER_IDS: people.ada.id, LOG_LEVEL: 'debug' } })
const token = await hall.login(sim, people.ada)
const { claims } = await readToken(token, hall.env.JWT_SECRET)

const secrets = {
  'the session token': token,
  'the access token': claims.access_token,
  'the refresh token': claims.refresh_token,
  'an unused code': (await sim.authorize(people.grace)).code,
  'a used code': (await sim.authorize(people.grace)).code,
  'the key of tokens': hall.env.JWT_SECRET,
  'the client secret': application.secret,
  'the bot token': application.botToken,
}
await hall.post('/api/auth/token', { body: { code: secrets['a used code'], redirect_uri: redirectUri } })

/** Every place in a request where a client can put a text. */
async function throwAtEveryDoor(secret) {
  const encoded = encodeURIComponent(secret)
  const header = { headers: { 'content-type': 'application/json' } }
  const asks = [
    ['GET', '/api/users/me', { token: secret }],
    ['GET', '/api/users/me', { headers: { authorization: secret } }],
    ['GET', '/api/users/me', { headers: { cookie: `token=${secret}; login=${secret}` } }],
    ...['user-agent', 'referer', 'origin', 'x-request-id', 'x-forwarded-for', 'if-match', 'accept', 'x-secret'].map(
      (name) => ['GET', '/api/users/me', { headers: { [name]: secret } }],
    ),
    ['POST', '/api/auth/logout', { headers: { cookie: `token=${secret}`, origin: `https://${encoded}` } }],
    ['GET', `/api/auth/callback?code=${encoded}&state=${encoded}`],
    ['GET', `/api/auth/callback?error=${encoded}&state=x`, { headers: { cookie: `login=${secret}` } }],
    ['GET', `/api/auth/login?redirect=/${encoded}`],
    ['GET', `/api/auth/login?redirect=https://${encoded}`],
    ['GET', `/api/logs?level=${encoded}&source=${encoded}`, { token }],
    ['GET', `/api/logs?source=${encoded}`, { token }],
    ['GET', `/${secret}`],
    ['GET', `/api/users/${secret}?token=${encoded}`],
    ['GET', `/docs/${encoded}`],
    ['GET', `/api/guilds/${encoded}`, { token }],
    ['GET', `/api/guilds/${guilds.workshop}/commands/${encoded}`, { token }],
    ['PATCH', `/api/guilds/${guilds.workshop}`, { token, body: { prefix: secret } }],
    ['PATCH', `/api/guilds/${guilds.workshop}`, { token, body: { [secret]: secret } }],
    ['POST', `/api/guilds/${guilds.workshop}/commands`, { token, body: { trigger: secret, response: secret } }],
    ['POST', `/api/guilds/${guilds.workshop}/commands`, { token, text: `{"trigger": "${secret}`, ...header }],
    ['POST', '/api/auth/token', { body: { code: secret, redirect_uri: redirectUri } }],
    ['POST', '/api/auth/token', { body: { code: secret, redirect_uri: `https://a.example/${encoded}` } }],
    ['POST', '/api/auth/token', { form: { code: secret, redirect_uri: redirectUri, extra: secret } }],
    ['POST', '/api/auth/token', { text: secret, headers: { 'content-type': secret.slice(0, 100) } }],
    ['POST', '/api/auth/refresh', { token: secret }],
  ]
  for (const [method, path, options] of asks) await hall.request(method, path, options)
  for (const bytes of [
    `GET /${secret} HTTP/9.9\r\n\r\n`,
    `${secret} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    `GET http://${secret}/ HTTP/1.1\r\nHost: ${secret}\r\nConnection: close\r\n\r\n`,
    `GET /socket.io/?EIO=4&transport=${encoded}&sid=${encoded} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: a\r\n${secret}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: a\r\nContent-Length: ${secret}\r\n\r\n`,
  ]) {
    await exchange(hall.port, bytes).catch(() => {})
  }
}

/** Discord may also echo what it was sent. */
async function letDiscordEcho(secret) {
  const body = { error: secret, error_description: secret, message: secret, code: 0 }
  for (const route of ['/oauth2/token', '/oauth2/token/revoke', '/users/@me', '/users/@me/guilds']) {
    for (const status of [400, 401, 500]) await sim.fault({ route, status, body: JSON.stringify(body), count: 2 })
    await hall.login(sim, people.linus).catch(() => {})
    const other = await hall.login(sim, people.mallory).catch(() => undefined)
    await hall.get('/api/users/me/guilds', { token: other ?? token })
    await hall.post('/api/auth/refresh', { token: other ?? token })
    if (other) await hall.post('/api/auth/logout', { token: other })
    await sim.clearFaults()
  }
}

const lineWith = (text, secret) => text.split('\n').find((line) => line.includes(secret))

test('secrets sent to every input appear in no log', async () => {
  for (const secret of Object.values(secrets)) await throwAtEveryDoor(secret)
  await letDiscordEcho(secrets['the access token'])
  const body = { trigger: 'secretive', response: { content }, interaction: `// ${content}` }
  assert.equal((await hall.post(`/api/guilds/${guilds.harbour}/commands`, { token, body })).status, 201)

  await hall.get('/the-last')
  const rows = () => query(hall.env, 'SELECT * FROM logs')
  await until(() => rows().includes('path=/the-last '), 'the last line in the table')

  const admin = await hall.login(sim, people.ada)
  let shown = ''
  for (let next = ''; next !== null; ) {
    const answer = await hall.get(`/api/logs?limit=200&before=${next}`, { token: admin })
    assert.equal(answer.status, 200, answer.text)
    shown += answer.text
    next = answer.body.next
  }
  for (const [what, text] of [
    ['the console', hall.program.output],
    ['the table', rows()],
    ['GET /api/logs', shown],
  ]) {
    // The log has the requests, so it would have the secrets.
    assert.match(text, /\/api\/users\/\*/, what)
    for (const [name, secret] of Object.entries({ ...secrets, 'the content of a message': content })) {
      assert.equal(lineWith(text, secret), undefined, `${name} is in ${what}`)
      assert.equal(lineWith(text, encodeURIComponent(secret)), undefined, `${name} is in ${what}`)
    }
  }
})
