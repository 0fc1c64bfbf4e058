// A person logs in with a browser: guildhall redirects to the authorize page, and they return with a cookie.
import assert from 'node:assert/strict'
import test from 'node:test'
import { openPage } from '../harness/browser.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim)

/** A browser on the authorize page of a login. */
async function beginLogin(t) {
  const opened = await openPage(t, [hall.url, sim.url])
  await opened.page.goto(`${hall.url}/api/auth/login?redirect=/healthz`)
  assert.equal(new URL(opened.page.url()).origin, sim.url)
  return opened
}

test('a person who approves returns to the requested page logged in', async (t) => {
  const { page, errors } = await beginLogin(t)
  await page.getByText('Grace Hopper').click()
  await page.getByRole('button', { name: /authorize/i }).click()
  await page.waitForURL(`${hall.url}/healthz`)
  const me = await page.goto(`${hall.url}/api/users/me`)
  assert.equal((await me.json()).username, 'grace')
  assert.equal(await page.evaluate('document.cookie'), '', 'scripts do not see the token')
  assert.deepEqual(errors, [])
})

test('a person who denies is not logged in', async (t) => {
  const { page } = await beginLogin(t)
  await page.getByRole('button', { name: /cancel|deny/i }).click()
  await page.waitForURL(`${hall.url}/healthz?error=access_denied`)
  assert.equal((await page.goto(`${hall.url}/api/users/me`)).status(), 401)
})
