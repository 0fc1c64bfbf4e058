// The page at /docs, in a browser without any other network access.
import assert from 'node:assert/strict'
import test from 'node:test'
import { openPage } from '../harness/browser.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'

test('"Try it out" works with a bearer token, and nothing comes from elsewhere', async (t) => {
  const sim = await startSimulator(t)
  const hall = await startGuildhall(t, sim)
  const token = await hall.login(sim, people.ada)
  const { page, errors } = await openPage(t, [hall.url])

  await page.goto(`${hall.url}/docs`)
  await page.locator('.btn.authorize').click()
  const bearer = page.locator('.auth-container', { hasText: /bearer/i })
  await bearer.locator('input').fill(token)
  await bearer.locator('button.authorize').click()
  await page.locator('.btn-done').first().click()

  const operation = page.locator('.opblock-get', { has: page.locator('[data-path="/api/users/me"]') })
  await operation.locator('.opblock-summary-control').click()
  await operation.locator('.execute').click()
  const answer = operation.locator('.live-responses-table .response').first()
  await answer.waitFor()
  assert.match(await answer.locator('.response-col_status').innerText(), /^200/)
  assert.match(await answer.innerText(), /"username": "ada"/)
  assert.deepEqual(errors, [])
})
