// GET /api/auth/login and /callback, and what their cookie is allowed to do.
// @database
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'

const dashboard = 'https://dashboard.example'
const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { env: { CORS_ORIGINS: dashboard } })

/** A browser that was redirected to Discord: its cookies and the target. */
async function beginLogin(query = '') {
  const answer = await hall.get(`/api/auth/login${query}`)
  assert.equal(answer.status, 302, answer.text)
  return { cookie: answer.cookieHeader, answer, target: new URL(answer.header('location')) }
}

/** The path and query of the callback to which Discord redirects the browser. */
async function approve({ target }, person = people.ada) {
  const { location } = await sim.authorize(person, {
    clientId: target.searchParams.get('client_id'),
    redirectUri: target.searchParams.get('redirect_uri'),
    scope: target.searchParams.get('scope'),
    state: target.searchParams.get('state'),
  })
  const url = new URL(location)
  assert.equal(url.origin, hall.url)
  return url.pathname + url.search
}

const follow = (path, cookie) => hall.get(path, { headers: cookie ? { cookie } : {} })

async function logInWithBrowser(person = people.ada) {
  const browser = await beginLogin()
  return follow(await approve(browser, person), browser.cookie)
}

const tokenOf = (answer) => answer.cookie('token')?.value

test('a browser is sent to Discord with a state and returns logged in', async () => {
  const browser = await beginLogin()
  assert.equal(browser.target.origin + browser.target.pathname, `${sim.url}/oauth2/authorize`)
  const { response_type: type, redirect_uri: callback, scope } = Object.fromEntries(browser.target.searchParams)
  assert.deepEqual([type, callback], ['code', `${hall.url}/api/auth/callback`])
  assert.deepEqual(new Set(scope.split(' ')), new Set(['identify', 'email', 'guilds']))

  const answer = await follow(await approve(browser), browser.cookie)
  assert.equal(answer.status, 302, answer.text)
  const { value, attributes } = answer.cookie('token')
  for (const attribute of ['httponly', 'samesite=lax', 'path=/']) assert.ok(attributes.includes(attribute), attribute)
  const me = await hall.get('/api/users/me', { headers: { cookie: `token=${value}` } })
  assert.equal(me.body.username, 'ada')
})

test('the cookie is Secure when PUBLIC_URL is HTTPS', async (t) => {
  const behindProxy = await startGuildhall(t, sim, { env: { PUBLIC_URL: 'https://guildhall.example' } })
  const login = await behindProxy.get('/api/auth/login')
  const target = new URL(login.header('location'))
  assert.equal(target.searchParams.get('redirect_uri'), 'https://guildhall.example/api/auth/callback')
  for (const line of login.setCookies) assert.match(line, /; Secure/i)
})

test('the state cookie is HttpOnly and SameSite', async () => {
  const { answer } = await beginLogin()
  const [line] = answer.setCookies
  assert.match(line, /; HttpOnly/i)
  assert.match(line, /; SameSite=Lax/i)
  assert.equal(answer.header('cache-control'), 'no-store')
})

test('each login has its own state', async () => {
  const states = await Promise.all([1, 2, 3].map(async () => (await beginLogin()).target.searchParams.get('state')))
  assert.equal(new Set(states).size, 3)
  for (const state of states) assert.ok(state.length >= 22, state)
})

test('a callback in another browser is refused', async () => {
  const mine = await beginLogin()
  const back = await approve(mine)
  const other = await beginLogin()
  for (const cookie of [undefined, other.cookie]) {
    const answer = await follow(back, cookie)
    assert.equal(tokenOf(answer), undefined)
    assertError(answer, 400)
  }
})

test('a callback works once', async () => {
  const browser = await beginLogin()
  const back = await approve(browser)
  assert.equal((await follow(back, browser.cookie)).status, 302)
  assertError(await follow(back, browser.cookie), 400)
})

test('a state cannot be reused with a new code', async () => {
  const browser = await beginLogin()
  assert.equal((await follow(await approve(browser), browser.cookie)).status, 302)
  const again = await follow(await approve(browser, people.mallory), browser.cookie)
  assertError(again, 400)
  assert.equal(tokenOf(again), undefined)
})

test('a person who denies gets no session', async () => {
  const { cookie, target } = await beginLogin()
  const answer = await follow(
    `/api/auth/callback?error=access_denied&state=${encodeURIComponent(target.searchParams.get('state'))}`,
    cookie,
  )
  assert.equal(tokenOf(answer), undefined)
  assert.deepEqual([answer.status, answer.header('location')], [302, '/?error=access_denied'])
})

test('a callback without code or state is refused', async () => {
  const { cookie, target } = await beginLogin()
  const state = encodeURIComponent(target.searchParams.get('state'))
  for (const query of ['', '?code=abc', `?state=${state}`]) {
    const answer = await follow(`/api/auth/callback${query}`, cookie)
    assert.ok([400, 422].includes(answer.status), `${query}: ${answer.status}`)
    assert.equal(tokenOf(answer), undefined)
  }
})

test('the browser returns to the requested page of guildhall', async () => {
  const browser = await beginLogin(`?redirect=${encodeURIComponent('/docs?a=1')}`)
  const answer = await follow(await approve(browser), browser.cookie)
  assert.equal(new URL(answer.header('location'), hall.url).href, `${hall.url}/docs?a=1`)
})

for (const elsewhere of [
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  '\\\\evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
  'https:evil.example',
  '/ok\r\nSet-Cookie: a=b',
]) {
  test(`no redirect to ${JSON.stringify(elsewhere)}`, async () => {
    const begun = await hall.get(`/api/auth/login?redirect=${encodeURIComponent(elsewhere)}`)
    if (begun.status !== 302) return assertError(begun, 422, { field: '/redirect' })
    const browser = { cookie: begun.cookieHeader, target: new URL(begun.header('location')) }
    const answer = await follow(await approve(browser), browser.cookie)
    assert.equal(new URL(answer.header('location'), hall.url).origin, hall.url)
  })
}

test('a change with the cookie needs an allowed Origin', async () => {
  const cookie = `token=${tokenOf(await logInWithBrowser())}`
  const logout = (origin) => hall.post('/api/auth/logout', { headers: { cookie, ...(origin && { origin }) } })
  for (const origin of [undefined, 'https://evil.example', 'null', `${hall.url}.evil.example`, 'http://127.0.0.1']) {
    assertError(await logout(origin), 403)
  }
  assert.equal((await logout(hall.url)).status, 204)
})

test('an origin in CORS_ORIGINS may change data with the cookie, and reading needs no Origin', async () => {
  const cookie = `token=${tokenOf(await logInWithBrowser())}`
  assert.equal((await hall.get('/api/users/me', { headers: { cookie } })).status, 200)
  const answer = await hall.post('/api/auth/refresh', { headers: { cookie, origin: dashboard } })
  assert.equal(answer.status, 200, answer.text)
  assert.ok(tokenOf(answer), 'a refreshed cookie')
})

test('with a bearer token the Origin does not matter', async () => {
  const token = await hall.login(sim, people.grace)
  const answer = await hall.post('/api/auth/logout', { token, headers: { origin: 'https://evil.example' } })
  assert.equal(answer.status, 204)
})

test('logging out clears the cookie', async () => {
  const cookie = `token=${tokenOf(await logInWithBrowser())}`
  const answer = await hall.post('/api/auth/logout', { headers: { cookie, origin: hall.url } })
  assert.equal(answer.cookie('token').value, '')
  assert.ok(answer.cookie('token').attributes.includes('max-age=0'))
})
