// The channel page: people chat in a browser with a bot written with discord.js.
// @long
import assert from 'node:assert/strict'
import test from 'node:test'
import { openPage } from '../harness/browser.mjs'
import { startDiscordJsBot } from '../harness/discordjs.mjs'
import { request } from '../harness/http.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const channel = await sim.channelOf(guilds.workshop)
const path = `/channels/${guilds.workshop}/${channel}`
await startDiscordJsBot(test, sim)

/** The page of a channel, as `person` sees it. */
async function open(t, person = 'Ada Lovelace', viewport = { width: 1100, height: 800 }) {
  const opened = await openPage(t, [sim.url, sim.url.replace('http', 'ws')])
  await opened.page.setViewportSize(viewport)
  await opened.page.goto(sim.url + path)
  await opened.page.getByLabel('You are').selectOption({ label: person })
  await opened.page.waitForFunction(() => document.querySelector('#status').textContent === '')
  return opened
}

const box = (page) => page.getByRole('combobox', { name: /^Message in/ })
const last = (page) => page.getByRole('log').getByRole('listitem').last()
async function write(page, text) {
  await box(page).fill(text)
  await box(page).press('Enter')
}
async function call(page, name) {
  await box(page).pressSequentially(`/${name}`)
  await page.getByRole('option', { name: new RegExp(`^/${name}`) }).click()
}
const shows = (page, text) => page.getByRole('log').getByText(text).last().waitFor()

test('the landing page links to it', async (t) => {
  const { page, errors } = await openPage(t, [sim.url, sim.url.replace('http', 'ws')])
  await page.goto(sim.url)
  await page.getByRole('link', { name: '# general' }).first().click()
  await page.waitForURL(`${sim.url}/channels/**`)
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), '# general')
  assert.deepEqual(errors, [])
})

test('a message, its reply and its edit are shown', async (t) => {
  const { page, errors } = await open(t)
  await write(page, '!hello')
  await shows(page, 'Hello, edited')
  await shows(page, '(edited)')
  assert.match(await last(page).innerText(), /APP/)
  assert.deepEqual(errors, [])
})

test('people mention the bot by its name, and edit what they wrote', async (t) => {
  const { page, errors } = await open(t)
  await write(page, '@Ada Lovelace and @grace')
  await shows(page, '@Grace Hopper')
  const written = await sim.messages(channel)
  assert.equal(written.at(-1).content, `<@${people.ada.id}> and <@${people.grace.id}>`)
  await last(page).getByRole('button', { name: 'Edit message' }).click()
  await box(page).fill('!hello')
  await box(page).press('Enter')
  await shows(page, '(edited)')
  const { id, content, edited_timestamp } = (await sim.messages(channel)).find(({ id }) => id === written.at(-1).id)
  assert.equal(id, written.at(-1).id)
  assert.equal(content, '!hello')
  assert.ok(edited_timestamp)
  assert.deepEqual(errors, [])
})

test('messages are shown as text, not as HTML', async (t) => {
  const { page, errors } = await open(t)
  await write(page, '<img src=x onerror=alert(1)> **bold** <@2000000000000000002>')
  await shows(page, '<img src=x onerror=alert(1)>')
  assert.equal(await page.locator('#messages img').count(), 0)
  assert.equal(await last(page).locator('strong').innerText(), 'bold')
  assert.equal(await last(page).locator('.mention').innerText(), '@Grace Hopper')
  assert.deepEqual(errors, [])
})

test('a command with options is called from the menu', async (t) => {
  const { page } = await open(t)
  await box(page).pressSequentially('/p')
  assert.deepEqual(await page.getByRole('option').locator('b').allInnerTexts(), ['/ping', '/panel', '/purge'])
  await box(page).press('Enter')
  await page.getByLabel('input').fill('everybody')
  await page.getByRole('form', { name: 'Options of /ping' }).getByRole('button', { name: 'Send' }).click()
  await shows(page, 'Pong! everybody')
  await shows(page, 'Ada Lovelace used /ping')
  await call(page, 'tag add')
  await page.getByLabel('name').fill('rules')
  await page.getByLabel('owner').selectOption({ label: 'Grace Hopper' })
  await page.getByLabel('owner').press('Enter')
  await page.getByRole('button', { name: 'Send' }).click()
  await shows(page, 'add rules of grace')
})

test('people see only the commands that they may call', async (t) => {
  const { page } = await open(t, 'mallory')
  await box(page).pressSequentially('/p')
  assert.deepEqual(await page.getByRole('option').locator('b').allInnerTexts(), ['/ping', '/panel'])
})

test('a deferred response, then the message and follow-ups', async (t) => {
  const { page } = await open(t)
  await call(page, 'slow')
  await shows(page, 'guildhall is thinking…')
  await shows(page, 'Done at last')
  await shows(page, 'And one more thing')
  assert.equal(await page.getByText('is thinking…').count(), 0)
})

test('buttons and menus work', async (t) => {
  const { page, errors } = await open(t)
  await call(page, 'panel')
  await shows(page, 'Clicked 0 times')
  assert.ok(await last(page).getByRole('button', { name: 'Off' }).isDisabled())
  await last(page).getByRole('button', { name: 'Count' }).click()
  await shows(page, 'Clicked 1 times')
  await shows(page, 'Counted')
  await page.getByRole('button', { name: 'Dismiss message' }).last().click()
  assert.equal(await page.getByText('Counted').count(), 0)
  await last(page).getByLabel('Choose a colour').selectOption('blue')
  await shows(page, 'You chose blue')
  assert.deepEqual(errors, [])
})

test('an ephemeral message is shown to one person', async (t) => {
  const [ada, grace] = [await open(t), await open(t, 'Grace Hopper')]
  await call(ada.page, 'secret')
  await shows(ada.page, 'Only for you, Ada Lovelace')
  await shows(ada.page, 'Only you can see this')
  await write(grace.page, 'Anything secret here?')
  await shows(grace.page, 'Anything secret here?')
  assert.equal(await grace.page.getByText('Only for you').count(), 0)
})

test('an unanswered interaction has failed', async (t) => {
  const { page } = await open(t)
  await call(page, 'silent')
  await page.getByRole('alert').getByText('The application did not respond').waitFor()
})

test('it works at the width of a phone and with the keyboard alone', async (t) => {
  const { page } = await open(t, 'Ada Lovelace', { width: 360, height: 640 })
  await sim.say(channel, people.grace, 'A long word: ' + 'x'.repeat(300))
  await shows(page, 'A long word')
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360)
  await box(page).focus()
  await page.keyboard.type('/panel')
  await page.keyboard.press('Enter')
  await shows(page, 'Clicked 0 times')
  await last(page).getByRole('button', { name: 'Count' }).focus()
  await page.keyboard.press('Enter')
  await shows(page, 'Clicked 1 times')
})

test('its content security policy allows only its own scripts and connections', async () => {
  const page = await request('GET', sim.url + path)
  assert.match(page.header('content-security-policy'), /^default-src 'none'; script-src 'self';/)
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    origin: 'https://elsewhere.example',
  }
  assert.equal((await request('GET', `${sim.url}${path}/live`, { headers })).status, 403)
  assert.equal((await request('GET', `${sim.url}/channels/${guilds.harbour}/${channel}`)).status, 404)
})
