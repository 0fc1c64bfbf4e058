// The dashboard while something is not as it should be: nothing that was typed is lost.
import assert from 'node:assert/strict'
import test from 'node:test'
import { launchBrowser } from '../harness/browser.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory } from '../harness/paths.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'
import { openWeb } from '../harness/web.mjs'

const sim = await startSimulator(test)
const browser = await launchBrowser(test)
const newCommand = `/guilds/${guilds.workshop}/commands/new`

test('an ended session: sign in again and go on where one was', async (t) => {
  const hall = await startGuildhall(t, sim)
  const token = await hall.login(sim, people.ada)
  const { page, open } = await openWeb(t, browser, hall, { token, also: [sim.url] })
  page.on('dialog', (dialog) => dialog.accept())
  await open(newCommand)
  await page.getByLabel('Trigger').fill('kept')
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('These words stay')
  await hall.post('/api/auth/logout', { token })
  await page.getByRole('button', { name: 'Create command' }).click()
  await page.getByRole('link', { name: 'Sign in again' }).click()
  await page.getByText('Ada Lovelace').click()
  await page.getByRole('button', { name: /authorize/i }).click()
  await page.waitForURL(hall.url + newCommand)
  assert.equal(await page.getByLabel('Trigger').inputValue(), 'kept')
  await page.getByRole('button', { name: 'Create command' }).click()
  await page.getByRole('heading', { name: '!kept' }).waitFor()
})

test('the server goes away and comes back: a line says so, then it goes on by itself', async (t) => {
  const directory = await freshDirectory(t)
  const before = await startGuildhall(t, sim, { directory })
  const token = await before.login(sim, people.ada)
  const { page, open } = await openWeb(t, browser, before, { token })
  await open(newCommand)
  await page.getByLabel('Trigger').fill('later')
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Text')
  await before.stop()
  await page.getByText('No connection to the server').waitFor()
  await page.getByRole('button', { name: 'Create command' }).click()
  await page.getByText('The server does not answer').waitFor()
  const { JWT_SECRET } = before.env
  await startGuildhall(t, sim, { directory, env: { PORT: String(before.port), JWT_SECRET } })
  await page.getByText('No connection to the server').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Create command' }).click()
  await page.getByRole('heading', { name: '!later' }).waitFor()
})

test('a read that Discord or the database delays says so, and can be tried again', async (t) => {
  const hall = await startGuildhall(t, sim)
  const { page, context, open } = await openWeb(t, browser, hall, { token: await hall.login(sim, people.ada) })
  let answer = { status: 503, headers: { 'Retry-After': '9' }, json: { error: 'Discord does not answer.', code: 'unavailable' } }
  await context.route('**/api/users/me/guilds', (route) => (answer ? route.fulfill(answer) : route.continue()))
  await open('/')
  await page.getByText('Discord does not answer.').waitFor()
  await page.getByRole('button', { name: /Try again in \d seconds?/ }).waitFor()
  answer = { status: 429, headers: { 'Retry-After': '0' }, json: { error: 'Too many requests.', code: 'rate_limited' } }
  await page.reload()
  await page.getByRole('heading', { name: 'Too many requests' }).waitFor()
  answer = null
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('link', { name: /Ada's Workshop/ }).waitFor()
})
