// The command with a script from README.md, on the demo's channel page, also after a restart.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { openPage } from '../harness/browser.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory, root } from '../harness/paths.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'

const readme = await readFile(join(root, 'README.md'), 'utf8')
const [, poll] = /<<'JSON'[^\n]*\n(.*?)\nJSON\n/s.exec(readme)

test('buttons and a menu on the channel page are answered by the script, also after a restart', async (t) => {
  const sim = await startSimulator(t)
  const directory = await freshDirectory(t)
  const before = await startGuildhall(t, sim, { directory })
  const token = await before.login(sim, people.ada)
  const made = await before.post(`/api/guilds/${guilds.workshop}/commands`, { token, body: JSON.parse(poll) })
  assert.equal(made.status, 201, made.text)

  const { page, errors } = await openPage(t, [sim.url, sim.url.replace('http', 'ws')])
  await page.goto(`${sim.url}/channels/${guilds.workshop}/${await sim.channelOf(guilds.workshop)}`)
  await page.getByLabel('You are').selectOption({ label: 'Grace Hopper' })
  const log = page.getByRole('log')
  const box = page.getByRole('combobox', { name: /^Message in/ })
  await box.fill('!poll')
  await box.press('Enter')
  await log.getByText('Tea 0, coffee 0').waitFor()
  await log.getByRole('button', { name: 'Tea' }).click()
  await log.getByText('Tea 1, coffee 0').waitFor()
  await log.getByLabel('Sugar?').selectOption('with')
  await log.getByText('Yours comes with sugar.').waitFor()

  await before.stop()
  await startGuildhall(t, sim, { directory, env: before.env })
  await log.getByRole('button', { name: 'Coffee' }).click()
  await log.getByText('Tea 1, coffee 1').waitFor()
  assert.deepEqual(errors, [])
})
