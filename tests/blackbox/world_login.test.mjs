// Logins as people do them: in two tabs, with Back and reload, with a change of mind, past a link preview.
// @long
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError } from '../harness/assertions.mjs'
import { openPage } from '../harness/browser.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { readToken } from '../harness/token.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim)
const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

async function begin({ query = '', cookie } = {}) {
  const answer = await hall.get(`/api/auth/login${query}`, { headers: { ...browser, ...(cookie && { cookie }) } })
  assert.equal(answer.status, 302, answer.text)
  return { cookie: answer.cookieHeader, target: new URL(answer.header('location')) }
}

async function approve({ target }, person = people.ada) {
  const { location } = await sim.authorize(person, {
    redirectUri: target.searchParams.get('redirect_uri'),
    state: target.searchParams.get('state'),
  })
  return location.slice(hall.url.length)
}

const follow = (path, cookie, headers = browser) => hall.get(path, { headers: { ...headers, ...(cookie && { cookie }) } })

/** A page for people: says what happened, leads on, loads nothing. */
function assertPage(answer, status) {
  assert.equal(answer.status, status, answer.text)
  assert.match(answer.type, /^text\/html/)
  assert.match(answer.text, /href="\/api\/auth\/login\?to=/)
  assert.match(answer.header('content-security-policy'), /default-src 'none'/)
  assert.doesNotMatch(answer.text, /<script/)
}

test('any number of tabs log in at once, in any order', async () => {
  const first = await begin()
  const tabs = [first]
  for (let i = 0; i < 11; ++i) tabs.push(await begin({ query: `?to=/tab${i}`, cookie: first.cookie }))
  for (const tab of tabs.reverse()) {
    const answer = await follow(await approve(tab), tab.cookie)
    assert.equal(answer.status, 302, answer.text)
    assert.ok(answer.cookie('token').value)
  }
})

test('two tabs of Chromium that log in at once both arrive', async (t) => {
  const { page } = await openPage(t, [hall.url, sim.url])
  const second = await page.context().newPage()
  await page.goto(`${hall.url}/api/auth/login?to=/healthz`)
  await second.goto(`${hall.url}/api/auth/login?to=/docs/openapi.json`)
  for (const [tab, end] of [
    [page, '/healthz'],
    [second, '/docs/openapi.json'],
  ]) {
    await tab.getByText('Grace Hopper').click()
    await tab.getByRole('button', { name: /authorize/i }).click()
    await tab.waitForURL(hall.url + end)
  }
  assert.equal((await (await page.goto(`${hall.url}/api/users/me`)).json()).username, 'grace')
})

test('reload and Back after a login lead on, and a second use of the code does not happen', async () => {
  const tab = await begin({ query: '?to=/docs' })
  const path = await approve(tab)
  const { value } = (await follow(path, tab.cookie)).cookie('token')
  const again = await follow(path, `${tab.cookie}; token=${value}`)
  assert.deepEqual([again.status, again.header('location')], [302, '/docs'])
  assert.equal(again.cookie('token'), undefined)
  assertPage(await follow(path, tab.cookie), 400)
})

test('Chromium goes Back to the authorize page, and approves once more', async (t) => {
  const { page } = await openPage(t, [hall.url, sim.url])
  const approveThere = async () => {
    await page.getByText('Grace Hopper').click()
    await page.getByRole('button', { name: /authorize/i }).click()
    await page.waitForURL(`${hall.url}/healthz`)
  }
  await page.goto(`${hall.url}/api/auth/login?to=/healthz`)
  await approveThere()
  await page.goBack()
  await approveThere()
})

test('a link preview, a scanner or a prefetch that opens the callback does not use it up', async () => {
  const tab = await begin()
  const path = await approve(tab)
  assertPage(await follow(path), 400)
  assertError(await follow(path, undefined, { accept: '*/*' }), 400)
  assert.ok((await hall.request('HEAD', path, { headers: { cookie: tab.cookie } })).status < 400)
  assert.equal((await follow(path, tab.cookie)).status, 302)
})

test('somebody who changes their mind gets a page with a way on', async (t) => {
  const { page } = await openPage(t, [hall.url, sim.url])
  await page.goto(`${hall.url}/api/auth/login`)
  await page.getByRole('button', { name: /cancel|deny/i }).click()
  await page.getByRole('heading', { name: 'Login did not work' }).waitFor()
  await page.getByRole('link', { name: 'Log in again' }).click()
  await page.waitForURL((url) => url.origin === sim.url)
})

test('a page that began the login is told of the refusal itself', async () => {
  const { cookie, target } = await begin({ query: '?to=/docs' })
  const state = encodeURIComponent(target.searchParams.get('state'))
  const answer = await follow(`/api/auth/callback?error=access_denied&state=${state}`, cookie)
  assert.deepEqual([answer.status, answer.header('location')], [302, '/docs?error=access_denied'])
})

for (const [what, query, status] of [
  ['without state and code', '', 400],
  ['with a state of somebody else', '?state=abc&code=def', 400],
  ['with a query that is none', '?state=%zz', 400],
]) {
  test(`a callback ${what} is a page for people and JSON for programs`, async () => {
    assertPage(await follow(`/api/auth/callback${query}`), status)
    assertError(await follow(`/api/auth/callback${query}`, undefined, { accept: 'application/json' }), status)
  })
}

test('a code that Discord refuses, and a Discord that is away, are pages with a way on', async () => {
  const tab = await begin({ query: '?to=/docs' })
  const state = encodeURIComponent(tab.target.searchParams.get('state'))
  const refused = await follow(`/api/auth/callback?code=wrong&state=${state}`, tab.cookie)
  assertPage(refused, 400)
  assert.match(refused.text, /login\?to=%2Fdocs/)

  const other = await begin()
  const path = await approve(other)
  await sim.fault({ route: '/oauth2/token', status: 500, count: 5 })
  const away = await follow(path, other.cookie)
  await sim.clearFaults()
  assertPage(away, 503)
  assert.match(away.header('retry-after'), /^\d+$/)
})

test('what a page shows is text', async () => {
  const hostile = '/"><img src=x onerror=alert(1)>'
  const answer = await follow(`/api/auth/login?to=${encodeURIComponent(`//x${hostile}`)}`)
  assert.equal(answer.status, 422)
  assert.doesNotMatch(answer.text, /<img/)
})

for (const [access, refresh] of [
  [1700, 1700],
  [3500, 3500],
  [40, 6000],
  [6000, 40],
]) {
  test(`tokens of ${access} and ${refresh} characters make a cookie that browsers keep and a session that works`, async () => {
    const person = await sim.person()
    await sim.changeOauth({ accessTokenLength: access, refreshTokenLength: refresh })
    try {
      const tab = await begin()
      const answer = await follow(await approve(tab, person), tab.cookie)
      for (const line of answer.setCookies) assert.ok(line.length <= 4096, `${line.length} bytes`)
      const cookie = `token=${answer.cookie('token').value}`
      const me = await hall.get('/api/users/me', { headers: { cookie } })
      assert.equal(me.body.id, person.id)
      assert.equal((await hall.get('/api/users/me/guilds', { headers: { cookie } })).status, 200)

      const refreshed = await hall.post('/api/auth/refresh', { headers: { cookie, origin: hall.url } })
      assert.equal(refreshed.status, 200, refreshed.text)
      for (const line of refreshed.setCookies) assert.ok(line.length <= 4096, `${line.length} bytes`)
      const { token } = refreshed.body
      assert.equal((await hall.get('/api/users/me/guilds', { token })).status, 200)
      assert.equal((await hall.post('/api/auth/logout', { token })).status, 204)
      assert.equal((await hall.get('/api/users/me', { token })).status, 401)
    } finally {
      await sim.changeOauth({ accessTokenLength: 40, refreshTokenLength: 40 })
    }
  })
}

test('Chromium keeps the cookie of a login with long tokens', async (t) => {
  await sim.changeOauth({ accessTokenLength: 2000, refreshTokenLength: 2000 })
  const { page } = await openPage(t, [hall.url, sim.url])
  await page.goto(`${hall.url}/api/auth/login?to=/healthz`)
  await page.getByText('Grace Hopper').click()
  await page.getByRole('button', { name: /authorize/i }).click()
  await page.waitForURL(`${hall.url}/healthz`)
  await sim.changeOauth({ accessTokenLength: 40, refreshTokenLength: 40 })
  assert.equal((await (await page.goto(`${hall.url}/api/users/me`)).json()).username, 'grace')
})

test("while they fit, Discord's tokens are in the session token, and otherwise no token is", async () => {
  const short = (await readToken(await hall.login(sim, people.linus), hall.env.JWT_SECRET)).claims
  assert.ok(short.access_token && short.refresh_token)
  await sim.changeOauth({ accessTokenLength: 3000, refreshTokenLength: 3000 })
  const long = (await readToken(await hall.login(sim, people.linus), hall.env.JWT_SECRET)).claims
  await sim.changeOauth({ accessTokenLength: 40, refreshTokenLength: 40 })
  assert.equal('access_token' in long || 'refresh_token' in long, false)
})
