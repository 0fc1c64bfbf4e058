// A person logs in with a browser: guildhall sends them to the authorize page, and they come back with a cookie.
import assert from 'node:assert/strict'
import test from 'node:test'
import { openPage } from '../harness/browser.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim)

/** A browser on the authorize page that a login leads to. */
async function beginLogin(t) {
  const opened = await openPage(t, [hall.url, sim.url])
  await opened.page.goto(`${hall.url}/api/auth/login?redirect=/healthz`)
  assert.equal(new URL(opened.page.url()).origin, sim.url)
  return opened
}

test('who approves is logged in where they wanted to go', async (t) => {
  const { page, complaints } = await beginLogin(t)
  await page.getByText('Grace Hopper').click()
  await page.getByRole('button', { name: /authorize/i }).click()
  await page.waitForURL(`${hall.url}/healthz`)
  const me = await page.goto(`${hall.url}/api/users/me`)
  assert.equal((await me.json()).username, 'grace')
  assert.equal(await page.evaluate('document.cookie'), '', 'scripts do not see the token')
  assert.deepEqual(complaints, [])
})

test('who denies is not', async (t) => {
  const { page } = await beginLogin(t)
  await page.getByRole('button', { name: /cancel|deny/i }).click()
  await page.waitForURL(`${hall.url}/healthz?error=access_denied`)
  assert.equal((await page.goto(`${hall.url}/api/users/me`)).status(), 401)
})
