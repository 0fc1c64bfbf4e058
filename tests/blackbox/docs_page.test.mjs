// The page at /docs, in a browser without any other network.
import assert from 'node:assert/strict'
import test from 'node:test'
import { chromium } from 'playwright-core'
import { onEnd } from '../harness/cleanup.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'

test('"Try it out" works with a bearer token, and nothing comes from elsewhere', async (t) => {
  const sim = await startSimulator(t)
  const hall = await startGuildhall(t, sim)
  const token = await hall.login(sim, people.ada)

  const executablePath = process.env.CHROMIUM_BIN ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
  onEnd(t, () => browser.close())
  const page = await browser.newPage()
  page.setDefaultTimeout(30_000)
  const complaints = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.route(
    (url) => url.protocol !== 'data:' && url.origin !== hall.url,
    (route) => {
      complaints.push(`asked for ${route.request().url()}`)
      return route.abort()
    },
  )

  await page.goto(`${hall.url}/docs`)
  await page.locator('.btn.authorize').click()
  await page
    .locator('.auth-container', { hasText: /bearer/i })
    .locator('input')
    .fill(token)
  await page
    .locator('.auth-container', { hasText: /bearer/i })
    .locator('button.authorize')
    .click()
  await page.locator('.btn-done').first().click()

  const operation = page.locator('.opblock-get', { has: page.locator('[data-path="/api/users/me"]') })
  await operation.locator('.opblock-summary-control').click()
  await operation.locator('.execute').click()
  const answer = operation.locator('.live-responses-table .response').first()
  await answer.waitFor()
  assert.match(await answer.locator('.response-col_status').innerText(), /^200/)
  assert.match(await answer.innerText(), /"username": "ada"/)
  assert.deepEqual(complaints, [])
})
