// Where guildhall runs: at addresses that nobody configured, behind a path, behind Debian's nginx, HAProxy and Caddy, for apps.
// @long
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { io } from 'socket.io-client'
import { assertError } from '../harness/assertions.mjs'
import { openPage } from '../harness/browser.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { request } from '../harness/http.mjs'
import { freePort, passOn, startCaddy, startHaproxy, startNginx } from '../harness/proxy.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { within } from '../harness/wait.mjs'

const sim = await startSimulator(test)

/** What tests fetch from pages of the API, whose policy allows that to no script of their own. */
const fetching = { bypassCSP: true }

/** Logs Grace in with the page's browser, from `base`, and returns to `base` + `end`. */
async function logIn(page, base, end = '/healthz') {
  await page.goto(`${base}/api/auth/login?to=${end}`)
  await page.getByText('Grace Hopper').click()
  await page.getByRole('button', { name: /authorize/i }).click()
  await page.waitForURL(base + end)
}

/** What a script of the page gets from guildhall: status and body. */
const fetchFrom = (page, path, method = 'GET') =>
  page.evaluate(
    async ([target, how]) => {
      const answer = await fetch(target, { method: how })
      return { status: answer.status, body: answer.status === 204 ? undefined : await answer.json() }
    },
    [path, method],
  )

/** Connects to Socket.IO and waits for `ready`. */
async function connectLive(t, url, { token, path = '/socket.io/', transports }) {
  const options = { forceNew: true, reconnection: false, rejectUnauthorized: false, auth: { token }, path, transports }
  const socket = io(url, options)
  t.after(() => socket.close())
  const refused = once(socket, 'connect_error').then(([error]) => Promise.reject(error))
  await within(Promise.race([once(socket, 'ready'), refused]), `a connection by ${transports}`)
  refused.catch(() => {})
  return socket
}

describe('without PUBLIC_URL', () => {
  test('whatever address a browser uses is ours, and a login comes back to it', async (t) => {
    const hall = await startGuildhall(t, sim, { env: { HOST: '0.0.0.0' } })
    for (const name of ['127.0.0.1', 'localhost', '127.0.0.2']) {
      const base = `http://${name}:${hall.port}`
      if (name === '127.0.0.2') {
        // Nothing at Discord leads there, but a page there is of the same origin.
        const token = await hall.login(sim, people.ada)
        const headers = { cookie: `token=${token}`, origin: base, host: `${name}:${hall.port}` }
        assert.equal((await hall.post('/api/auth/refresh', { headers })).status, 200)
        continue
      }
      const { page } = await openPage(t, [base, sim.url], fetching)
      await logIn(page, base)
      assert.equal((await fetchFrom(page, '/api/users/me')).body.username, 'grace')
      assert.equal((await fetchFrom(page, '/api/auth/refresh', 'POST')).status, 200)
      assert.equal((await fetchFrom(page, '/api/auth/logout', 'POST')).status, 204)
    }
  })

  test('another origin is none of ours, however its host is spelt', async (t) => {
    const hall = await startGuildhall(t, sim, { synced: false })
    const cookie = `token=${await hall.login(sim, people.ada)}`
    const host = `127.0.0.1:${hall.port}`
    for (const origin of ['https://evil.example', `http://127.0.0.1`, `http://${host}.evil.example`, 'null', `ftp://${host}`, '']) {
      assertError(await hall.post('/api/auth/refresh', { headers: { cookie, host, origin } }), 403)
    }
    assertError(await hall.post('/api/auth/refresh', { headers: { cookie, host, origin: 'http://evil' } }), 403)
  })
})

describe('with PUBLIC_URL', () => {
  test('a page at another address is told where to go, and a login leads there', async (t) => {
    const port = await freePort()
    const env = { HOST: '0.0.0.0', PORT: String(port), PUBLIC_URL: `http://localhost:${port}` }
    const hall = await startGuildhall(t, sim, { env })
    const { page } = await openPage(t, [hall.url, env.PUBLIC_URL, sim.url], fetching)
    await page.context().addCookies([{ name: 'token', value: await hall.login(sim, people.ada), url: hall.url }])
    await page.goto(`${hall.url}/healthz`)
    assert.equal((await fetchFrom(page, '/api/users/me')).status, 200)
    const { status, body } = await fetchFrom(page, '/api/auth/refresh', 'POST')
    assert.equal(status, 403)
    assert.ok(body.error.includes(env.PUBLIC_URL) && body.error.includes('PUBLIC_URL'), body.error)

    await page.goto(`${hall.url}/api/auth/login?to=/healthz`)
    await page.getByText('Grace Hopper').click()
    await page.getByRole('button', { name: /authorize/i }).click()
    await page.waitForURL(`${env.PUBLIC_URL}/healthz`)
    assert.equal((await fetchFrom(page, '/api/users/me')).body.username, 'grace')
  })

  test('a login comes back to another address that DISCORD_REDIRECT_URIS has', async (t) => {
    const port = await freePort()
    const [main, other] = [`http://localhost:${port}`, `http://127.0.0.1:${port}`]
    const env = {
      PORT: String(port),
      PUBLIC_URL: main,
      DISCORD_REDIRECT_URIS: `${main}/api/auth/callback,${other}/api/auth/callback`,
    }
    await startGuildhall(t, sim, { env, synced: false })
    const { page } = await openPage(t, [other, sim.url], fetching)
    await logIn(page, other)
    assert.equal((await fetchFrom(page, '/api/auth/refresh', 'POST')).status, 200)
  })
})

/** Proxies with TLS: how they are started for a guildhall, and where it is then. */
const proxies = {
  'nginx': { path: '', start: (t, port, hall) => startNginx(t, port, `location / {${passOn(hall)}\n    }`) },
  'nginx that does not pass the Host on': {
    path: '',
    start: (t, port, hall) =>
      startNginx(t, port, `location / {${passOn(hall).replace(/proxy_set_header Host.*;/, '')}\n    }`),
  },
  'nginx behind a path': {
    path: '/hall',
    start: (t, port, hall) => startNginx(t, port, `location /hall/ {${passOn(hall)}\n    }`),
  },
  'nginx that takes the path off': {
    path: '/hall',
    start: (t, port, hall) =>
      startNginx(t, port, `location /hall/ {${passOn(hall).replace(`:${hall};`, `:${hall}/;`)}\n    }`),
  },
  'HAProxy': { path: '', start: (t, port, hall) => startHaproxy(t, port, hall) },
  'Caddy': { path: '', start: (t, port, hall) => startCaddy(t, port, `reverse_proxy 127.0.0.1:${hall}`) },
  'Caddy behind a path': {
    path: '/hall',
    start: (t, port, hall) => startCaddy(t, port, `handle_path /hall/* {\n    reverse_proxy 127.0.0.1:${hall}\n  }`),
  },
}
for (const [name, { path, start }] of Object.entries(proxies)) {
  test(`behind ${name}: login, docs, WebSocket and polling over TLS`, async (t) => {
    const port = await freePort()
    const site = `https://localhost:${port}`
    const base = site + path
    const hall = await startGuildhall(t, sim, { env: { PUBLIC_URL: base, TRUSTED_PROXIES: '127.0.0.1' } })
    await start(t, port, hall.port)

    const { page, errors } = await openPage(t, [site, sim.url], { ...fetching, ignoreHTTPSErrors: true })
    await logIn(page, base)
    const cookies = await page.context().cookies(base)
    const cookie = cookies.find(({ name: known }) => known === (path === '' ? '__Host-token' : 'token'))
    assert.ok(cookie.secure && cookie.httpOnly)
    assert.equal(cookie.path, path || '/')
    assert.equal((await fetchFrom(page, `${path}/api/users/me`)).body.username, 'grace')
    assert.equal((await fetchFrom(page, `${path}/api/auth/refresh`, 'POST')).status, 200)
    errors.length = 0

    await page.goto(`${base}/`)
    await page.getByRole('heading', { name: 'Your servers' }).waitFor()
    await page.goto(`${base}/docs`)
    await page.locator('.opblock-get').first().waitFor()
    const operation = page.locator('.opblock-get', { has: page.locator('[data-path="/api/users/me"]') })
    await operation.locator('.opblock-summary-control').click()
    await operation.locator('.execute').click()
    await operation.locator('.live-responses-table .response', { hasText: '"username": "grace"' }).waitFor()
    assert.deepEqual(errors, [])

    const token = await hall.login(sim, people.ada)
    for (const transports of [['websocket'], ['polling'], ['polling', 'websocket']]) {
      await connectLive(t, site, { token, path: `${path}/socket.io/`, transports })
    }
    assert.equal((await fetchFrom(page, `${path}/api/auth/logout`, 'POST')).status, 204)
    assert.deepEqual((await page.context().cookies(base)).filter(({ name: known }) => known.endsWith('token')), [])
  })
}

test('another host of the domain cannot give a browser a session over https', async (t) => {
  const hall = await startGuildhall(t, sim, { env: { PUBLIC_URL: 'https://hall.example' }, synced: false })
  const token = await hall.login(sim, people.mallory)
  assertError(await hall.get('/api/users/me', { headers: { cookie: `token=${token}` } }), 401)
  assert.equal((await hall.get('/api/users/me', { headers: { cookie: `__Host-token=${token}` } })).status, 200)
})

test('apps and extensions may use the API by their origin', async (t) => {
  const origins = ['capacitor://localhost', 'tauri://localhost', 'ionic://localhost', 'app://obsidian.md']
  const extension = 'chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb'
  const env = { CORS_ORIGINS: [...origins, extension, 'https://dashboard.example'].join(',') }
  const hall = await startGuildhall(t, sim, { env, synced: false })
  const cookie = `token=${await hall.login(sim, people.ada)}`
  for (const origin of [...origins, extension]) {
    const preflight = await hall.request('OPTIONS', '/api/users/me', {
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    })
    assert.equal(preflight.header('access-control-allow-origin'), origin)
    assert.match(preflight.header('access-control-allow-methods'), /GET/)
    assert.equal((await hall.post('/api/auth/refresh', { headers: { cookie, origin } })).status, 200)
  }
  for (const origin of ['capacitor://evil', 'null', 'chrome-extension://other']) {
    assertError(await hall.post('/api/auth/refresh', { headers: { cookie, origin } }), 403)
  }
})

test('a slash behind a path changes nothing', async (t) => {
  const hall = await startGuildhall(t, sim)
  const token = await hall.login(sim, people.ada)
  for (const path of ['/healthz', '/readyz', '/metrics', '/docs', '/docs/openapi.json', '/api/users/me', '/api/users/me/guilds']) {
    const [with_, without] = [await hall.get(`${path}/`, { token }), await hall.get(path, { token })]
    assert.equal(with_.status, without.status, path)
    assert.equal(with_.type, without.type)
  }
  assertError(await hall.get('/api/nothing/', { token }), 404)
  assertError(await hall.get('//', { token }), 404)
  assert.equal((await hall.request('DELETE', '/healthz/')).status, 405)
  for (const path of ['/socket.io', '/socket.io/']) {
    const answer = await request('GET', `${hall.url}${path}?EIO=4&transport=polling`)
    assert.match(answer.text, /^0\{"sid"/, path)
    const socket = io(hall.url, { path, addTrailingSlash: false, forceNew: true, auth: { token }, transports: ['websocket'] })
    t.after(() => socket.close())
    await within(once(socket, 'connect'), `a connection at ${path}`)
  }
})
