// The dashboard's pages, each the way a person goes, in a browser.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import test from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { launchBrowser } from '../harness/browser.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { guilds, people, permissions, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'
import { openWeb } from '../harness/web.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { env: { ADMIN_USER_IDS: people.ada.id } })
const browser = await launchBrowser(test)
const token = await hall.login(sim, people.ada)

/** A guild of Ada's with commands, and a page of hers. */
async function adasGuild(t, { commands = {}, as = token, ...options } = {}) {
  const guild = await sim.guild()
  await hall.knowsGuild(guild.id, token)
  for (const [trigger, content] of Object.entries(commands)) {
    await hall.post(`/api/guilds/${guild.id}/commands`, { token, body: { trigger, response: { content } } })
  }
  const web = await openWeb(t, browser, hall, { token: as, ...options })
  return { ...web, guild, path: `/guilds/${guild.id}`, api: `/api/guilds/${guild.id}` }
}

const commandsOf = async (api) => (await hall.get(`${api}/commands`, { token })).body

test('a stranger sees the bot, signs in and is where they wanted to be', async (t) => {
  const { page, open, errors } = await openWeb(t, browser, hall, { also: [sim.url] })
  await open(`/guilds/${guilds.workshop}/commands`)
  await page.getByRole('heading', { name: 'guildhall' }).waitFor()
  const invite = new URL(await page.getByRole('link', { name: 'Add to a server' }).getAttribute('href'))
  assert.equal(invite.searchParams.get('scope'), 'bot applications.commands')
  await page.getByRole('link', { name: 'Sign in with Discord' }).click()
  await page.getByText('Ada Lovelace').click()
  await page.getByRole('button', { name: /authorize/i }).click()
  await page.waitForURL(`${hall.url}/guilds/${guilds.workshop}/commands`)
  await page.getByRole('heading', { name: 'Commands', level: 1 }).waitFor()
  assert.deepEqual(errors, [])
})

test('servers: found by name, with the bot first, the bot can be added to others', async (t) => {
  const without = await sim.guild({ name: 'Without the bot', bot: false })
  const { page, open } = await openWeb(t, browser, hall, { token: await hall.login(sim, people.ada) })
  await open('/')
  const invite = page.getByRole('link', { name: 'Add the bot to Without the bot' })
  assert.match(await invite.getAttribute('href'), new RegExp(`guild_id=${without.id}`))
  await page.getByRole('searchbox').fill('workshop')
  await invite.waitFor({ state: 'detached' })
  await page.getByRole('link', { name: /Ada's Workshop/ }).click()
  await page.getByRole('heading', { name: "Ada's Workshop", level: 1 }).waitFor()
  await page.goto(`${hall.url}/`)
  await page.getByRole('heading', { name: 'Your servers' }).waitFor()
  await page.getByRole('link', { name: /Ada's Workshop/ }).waitFor()
  await page.keyboard.press('l')
  await page.getByRole('heading', { name: "Ada's Workshop", level: 1 }).waitFor()
})

test('settings: saved, and an error is shown at its field', async (t) => {
  const { page, open, path, api } = await adasGuild(t, { commands: { '?help': 'Help' } })
  await open(path)
  const prefix = page.getByLabel('Prefix')
  await prefix.fill('?')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('[data-pointer="/prefix"] .ui-field-error').waitFor()
  await prefix.fill('$')
  await page.getByLabel('Language', { exact: true }).selectOption('de')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved', { exact: true }).waitFor()
  const { body } = await hall.get(api, { token })
  assert.deepEqual([body.prefix, body.language], ['$', 'de'])
})

test('uses: a chart, the same as a table, and beside each command', async (t) => {
  const { page, open, path, api, guild, errors } = await adasGuild(t, { commands: { popular: 'x', idle: 'x' } })
  await open(path)
  await page.getByText('No command was used in this time.').waitFor()
  const channel = await sim.channelOf(guild.id)
  for (let i = 0; i < 2; ++i) {
    const person = await sim.person()
    await sim.member(guild.id, person, permissions.none)
    await sim.say(channel, person, '!popular')
  }
  await until(async () => (await hall.get(`${api}/stats`, { token })).body.commands[0]?.uses === 2, 'two uses')
  await open(path)
  await page.getByText('2 uses, 0 failed', { exact: true }).waitFor()
  assert.equal(await page.locator('.us-day').count(), 30)
  await page.getByRole('button', { name: 'Show as table' }).click()
  const uses = page.getByRole('region', { name: 'Uses' }).getByRole('row')
  assert.equal(await uses.count(), 31)
  assert.match(await uses.nth(1).innerText(), /2\s+0$/)
  await page.getByRole('combobox', { name: 'Time' }).selectOption('7')
  await until(async () => (await uses.count()) === 8, 'a row for each of seven days')
  await open(`${path}/commands`)
  await page.getByRole('listitem').filter({ hasText: 'popular' }).getByText('2 uses').waitFor()
  await page.getByRole('combobox', { name: 'Order' }).selectOption('uses')
  assert.match(await page.getByRole('list', { name: 'Commands' }).getByRole('listitem').first().innerText(), /popular/)
  assert.deepEqual(errors, [])
})

test('a command is made from a template, and found again', async (t) => {
  const { page, open, path, api, errors } = await adasGuild(t)
  await open(`${path}/commands`)
  await page.getByRole('button', { name: 'From a template' }).first().click()
  await page.getByRole('button', { name: /^Poll/ }).click()
  await page.getByRole('button', { name: 'Create command' }).click()
  await page.getByRole('heading', { name: '!poll' }).waitFor()
  assert.deepEqual((await commandsOf(api)).map(({ trigger }) => trigger), ['poll'])
  await page.getByRole('link', { name: 'Commands', exact: true }).first().click()
  await page.getByRole('searchbox').fill('undecided')
  await page.getByRole('link', { name: '!poll' }).waitFor()
  await page.getByRole('searchbox').fill('nothing like this')
  await page.getByText('Nothing found').waitFor()
  assert.deepEqual(errors, [])
})

test('deleted commands come back with Undo, and go for good without', async (t) => {
  const { page, open, path, api } = await adasGuild(t, { commands: { one: '1', two: '2', three: '3' } })
  await open(`${path}/commands`)
  await page.getByRole('checkbox', { name: 'Select one' }).check()
  await page.getByRole('checkbox', { name: 'Select two' }).check()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('link', { name: '!one' }).waitFor({ state: 'detached' })
  assert.equal((await commandsOf(api)).length, 3)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('link', { name: '!one' }).waitFor()

  await page.getByRole('button', { name: 'Actions for three' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('link', { name: '!three' }).waitFor({ state: 'detached' })
  // Leaving the page is as good as waiting.
  await page.goto(`${hall.url}/account`)
  await until(async () => (await commandsOf(api)).length === 2, 'the command to be deleted')
})

test('a deletion that is lost with its page is made up for by the next one', async (t) => {
  const { page, open, path, api } = await adasGuild(t, { commands: { lost: '1', kept: '2' } })
  await open(`${path}/commands`)
  await page.evaluate(() => {
    const { fetch } = globalThis
    globalThis.fetch = (url, options) => (options?.keepalive ? new Promise(() => {}) : fetch(url, options))
  })
  await page.getByRole('button', { name: 'Actions for lost' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('link', { name: '!lost' }).waitFor({ state: 'detached' })
  await page.goto(`${hall.url}/account`)
  await until(async () => (await commandsOf(api)).length === 1, 'the command to be deleted')
})

test('commands are switched off and on: in the list, with others, in the editor', async (t) => {
  const { page, open, path, api, errors } = await adasGuild(t, { commands: { one: '1', two: '2' } })
  const states = async () => Object.fromEntries((await commandsOf(api)).map(({ trigger, enabled }) => [trigger, enabled]))
  const become = (one, two) => until(async () => isDeepStrictEqual(await states(), { one, two }), `${one}, ${two}`)
  await open(`${path}/commands`)
  await page.getByRole('switch', { name: 'Answer one' }).uncheck()
  await become(false, true)
  const filter = page.getByLabel('Show', { exact: true })
  await filter.selectOption('off')
  await page.getByRole('link', { name: '!two' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: '!one' }).waitFor()
  await filter.selectOption('all')

  await page.getByRole('checkbox', { name: 'Select all' }).check()
  await page.getByRole('button', { name: 'Switch off' }).click()
  await page.getByText('1 command switched off').waitFor()
  await become(false, false)
  await page.getByRole('button', { name: 'Undo' }).click()
  await become(false, true)
  await page.getByRole('button', { name: 'Switch on' }).click()
  await become(true, true)

  await page.getByRole('link', { name: '!one' }).click()
  await page.getByRole('switch', { name: 'Switched on' }).uncheck()
  await page.getByRole('button', { name: 'Save' }).click()
  await become(false, true)
  assert.deepEqual(errors, [])
})

test('commands are exported, and imported on another server', async (t) => {
  const { page, open, path } = await adasGuild(t, { commands: { one: '1', two: '2' } })
  await open(`${path}/commands`)
  await page.getByRole('button', { name: 'Import and export' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Export all' }).click()])
  const content = await readFile(await file.path(), 'utf8')
  const { format, version, commands } = JSON.parse(content)
  assert.deepEqual([format, version, commands.map(({ trigger }) => trigger)], ['guildhall/guild', 1, ['one', 'two']])

  const other = await adasGuild(t, { commands: { two: 'another' } })
  await other.open(`${other.path}/commands`)
  await other.page.getByRole('button', { name: 'Import and export' }).click()
  await other.page.getByRole('menuitem', { name: 'Import' }).click()
  await other.page.getByLabel('Or paste JSON').fill(content)
  await other.page.getByRole('button', { name: 'Read' }).click()
  await other.page.getByLabel('What to do with commands that exist').selectOption('rename')
  await other.page.getByRole('button', { name: 'Import 2 commands' }).click()
  await until(async () => (await commandsOf(other.api)).length === 3, 'three commands')
  assert.deepEqual((await commandsOf(other.api)).map(({ trigger }) => trigger).sort(), ['one', 'two', 'two-2'])
})

test('the editor shows what is wrong where it is, and keeps what was typed over a reload', async (t) => {
  const { page, open, path, api } = await adasGuild(t, { commands: { taken: '1', free: '2' } })
  const { id } = (await commandsOf(api)).find(({ trigger }) => trigger === 'free')
  await open(`${path}/commands/${id}`)
  const trigger = page.getByLabel('Trigger')
  await trigger.fill('taken')
  await page.keyboard.press('Control+s')
  await page.locator('[data-pointer="/trigger"] .ui-field-error').waitFor()
  await trigger.fill('freed')
  page.on('dialog', (dialog) => dialog.accept())
  await page.reload()
  await page.getByText(/unsaved changes .* are back/).waitFor()
  assert.equal(await trigger.inputValue(), 'freed')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: '!freed' }).waitFor()
  await page.getByText('Unsaved', { exact: true }).waitFor({ state: 'detached' })
})

/** Types and presses a key before the page has rendered anything, as fast hands do on a slow machine. */
const typeAtOnce = (field, texts) =>
  field.evaluate((element, [before, after]) => {
    const type = (text) => {
      element.value = text
      element.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }
    type(before)
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 's', ctrlKey: true, bubbles: true }))
    if (after) type(after)
  }, texts)

test('what was typed before the key is saved, and what is typed after it stays', async (t) => {
  const { page, open, path, api } = await adasGuild(t, { commands: { typed: 'before' } })
  const [{ id }] = await commandsOf(api)
  await open(`${path}/commands/${id}`)
  await page.getByRole('button', { name: /^Add embed/ }).click()
  const title = page.locator('[data-pointer="/embeds/0/title"] input')
  await typeAtOnce(title, ['In time', 'Later'])
  await page.getByText('Saved', { exact: true }).waitFor()
  assert.equal((await hall.get(`${api}/commands/${id}`, { token })).body.response.embeds[0].title, 'In time')
  // The embed is still open.
  assert.equal(await title.inputValue(), 'Later')
  await page.getByText('Unsaved', { exact: true }).waitFor()

  await open(`${path}/commands/new`)
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Text')
  await typeAtOnce(page.getByLabel('Trigger'), ['created', 'renamed'])
  await page.getByRole('heading', { name: '!created' }).waitFor()
  assert.equal(await page.getByLabel('Trigger').inputValue(), 'renamed')
})

test('an error of the server opens the embed that it is in', async (t) => {
  const { page, open, path, api } = await adasGuild(t, { commands: { wrong: 'text' } })
  const [{ id }] = await commandsOf(api)
  await page.route(`**${api}/commands/${id}`, (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({ status: 400, json: { error: 'Refused.', code: 'invalid', field: '/response/embeds/0/author/name' } })
      : route.fallback())
  await open(`${path}/commands/${id}`)
  await page.getByRole('button', { name: /^Add embed/ }).click()
  const title = page.locator('[data-pointer="/embeds/0/title"] input')
  await title.fill('Title')
  await page.locator('[data-at="/embeds/0"] .ed-card-title').click()
  await title.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+s')
  const field = page.locator('[data-pointer="/embeds/0/author/name"] input')
  await field.waitFor()
  await until(() => field.evaluate((input) => input === document.activeElement), 'the focus in the field at fault')
})

test('a template that takes the place of an unsaved command can be taken back', async (t) => {
  const { page, open, path } = await adasGuild(t)
  await open(`${path}/commands/new`)
  await page.getByLabel('Trigger').fill('mine')
  await page.getByRole('link', { name: 'Commands', exact: true }).first().click()
  await page.getByRole('button', { name: 'From a template' }).first().click()
  await page.getByRole('button', { name: /^Poll/ }).click()
  const trigger = page.getByLabel('Trigger')
  await until(async () => (await trigger.inputValue()) === 'poll', 'the template')
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await until(async () => (await trigger.inputValue()) === 'mine', 'what was typed before')
})

test('two people save the same command: both changes are kept', async (t) => {
  const { page, open, path, api } = await adasGuild(t, { commands: { shared: 'before' } })
  const [{ id }] = await commandsOf(api)
  await open(`${path}/commands/${id}`)
  await page.getByLabel('Trigger').fill('renamed')
  await hall.patch(`${api}/commands/${id}`, { token, body: { response: { content: 'by somebody else' } } })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Changed by somebody else' }).waitFor()
  await page.getByRole('button', { name: 'Save both together' }).click()
  await page.getByRole('heading', { name: '!renamed' }).waitFor()
  const { body } = await hall.get(`${api}/commands/${id}`, { token })
  assert.deepEqual([body.trigger, body.response.content], ['renamed', 'by somebody else'])
})

test('live events appear, are filtered, and wait while paused', async (t) => {
  const { page, open, path, guild } = await adasGuild(t)
  await open(`${path}/events`)
  await page.getByText('Live', { exact: true }).waitFor()
  const channel = await sim.channelOf(guild.id)
  await sim.say(channel, people.ada, 'first words')
  await page.locator('.ev-row', { hasText: 'first words' }).getByRole('button').click()
  await page.getByText('"content": "first words"').waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()
  await sim.say(channel, people.ada, 'second words')
  await page.getByRole('button', { name: /Resume \([1-9]/ }).waitFor()
  assert.equal(await page.locator('.ev-row', { hasText: 'second words' }).count(), 0)
  await page.getByRole('button', { name: /Resume/ }).click()
  await page.locator('.ev-row', { hasText: 'second words' }).waitFor()
  await page.getByRole('searchbox').fill('second')
  await page.locator('.ev-row', { hasText: 'first words' }).waitFor({ state: 'detached' })
})

test('account: language and theme stay, and signing out ends the session', async (t) => {
  const own = await hall.login(sim, people.grace)
  const { page, open, errors } = await openWeb(t, browser, hall, { token: own })
  await open('/account')
  await page.getByLabel('Language of the dashboard').selectOption('de')
  await page.getByRole('heading', { name: 'Konto' }).waitFor()
  await page.getByText('Dunkel').click()
  await page.reload()
  await page.getByRole('heading', { name: 'Konto' }).waitFor()
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
  assert.equal(await page.locator('html').getAttribute('lang'), 'de')
  await page.getByRole('button', { name: 'Abmelden' }).click()
  await page.getByRole('link', { name: 'Mit Discord anmelden' }).waitFor()
  assert.equal((await hall.get('/api/users/me', { token: own })).status, 401)
  assert.deepEqual(errors, [])
})

test('operators find people, and grant and revoke ADMIN', async (t) => {
  const person = await sim.person({ username: 'hamilton', globalName: 'Margaret Hamilton' })
  const theirs = await hall.login(sim, person)
  const { page, open, errors } = await openWeb(t, browser, hall, { token })
  await open('/admin/users')
  const row = (name) => page.getByRole('list', { name: 'Users' }).getByRole('listitem').filter({ hasText: name })
  await row('Ada').getByText('You', { exact: true }).waitFor()
  assert.equal(await row('Ada').getByRole('button').count(), 0, 'nobody takes their own role')
  await page.getByRole('searchbox').fill('HAMILTON')
  await row('Ada').waitFor({ state: 'detached' })
  await row('Margaret Hamilton').getByRole('button', { name: 'Make Margaret Hamilton ADMIN' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Margaret Hamilton will see and change everything').waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  assert.equal((await hall.get('/api/admin/users', { token: theirs })).status, 403, 'nothing happens without the confirmation')
  await row('Margaret Hamilton').getByRole('button').click()
  await dialog.getByRole('button', { name: 'Make ADMIN' }).click()
  await row('Margaret Hamilton').getByText('ADMIN', { exact: true }).waitFor()
  await until(async () => (await hall.get('/api/admin/users', { token: theirs })).status === 200, 'the role')

  // Somebody else is faster: what the server says is shown.
  assert.equal((await hall.delete(`/api/admin/users/${person.id}/roles/ADMIN`, { token })).status, 204)
  await row('Margaret Hamilton').getByRole('button', { name: 'Take ADMIN away from Margaret Hamilton' }).click()
  await dialog.getByRole('button', { name: 'Take ADMIN away' }).click()
  await dialog.getByRole('alert').getByText('does not hold role ADMIN').waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('searchbox').fill('no such name')
  await page.getByText('Nothing found').waitFor()
  assert.deepEqual(errors, [])
})

test('operators see how it is and the log; others are told that they may not', async (t) => {
  const { page, open } = await openWeb(t, browser, hall, { token })
  await open('/admin')
  await page.getByRole('heading', { name: 'Database' }).waitFor()
  const shards = page.getByRole('region', { name: 'Shards' }).getByRole('row')
  assert.match(await shards.nth(1).innerText(), /^0\s+Ready/)
  await page.getByRole('tab', { name: 'Log' }).click()
  await page.getByText('Listening').waitFor()

  const guest = await openWeb(t, browser, hall, { token: await hall.login(sim, people.mallory) })
  await guest.open('/admin/users')
  await guest.page.getByText('Only operators').waitFor()
  await guest.open('/admin')
  await guest.page.getByText('Only operators').waitFor()
  assert.equal(await guest.page.getByRole('link', { name: 'Operations' }).count(), 0)
  await guest.open(`/guilds/${guilds.workshop}`)
  await guest.page.getByText('No access').waitFor()
  await guest.open('/guilds/123')
  await guest.page.getByText('Not found').waitFor()
})
