// Hostile content runs nothing, the keyboard is enough, and axe finds nothing.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import test from 'node:test'
import { launchBrowser } from '../harness/browser.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'
import { fillGuild, openWeb } from '../harness/web.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { env: { ADMIN_USER_IDS: people.ada.id } })
const browser = await launchBrowser(test)
const token = await hall.login(sim, people.ada)

const hostile = [
  '<script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '<svg onload=window.hacked=1>',
  '"><iframe srcdoc="<script>parent.hacked=1</script>">',
  '[click](javascript:window.hacked=1)',
  '[click](<javascript:window.hacked=1>)',
  '[a](https://example.org/"onmouseover="window.hacked=1)',
  'javascript:window.hacked=1',
  '<a href="data:text/html,<script>parent.hacked=1</script>">x</a>',
  '```js\n</code></pre><script>window.hacked=1</script>\n```',
  '`<img src=x onerror=window.hacked=1>`',
  '||<img src=x onerror=window.hacked=1>||',
  '<:emoji" onerror="window.hacked=1:123456789012345678>',
  '<t:99999999999999999999:R><@123"><b>',
  '${user}<style>*{display:none}</style>',
  '# <b onclick=window.hacked=1>title</b>\n> <i>quote</i>\n- <u>list</u>',
]

async function guildNamed(name) {
  const guild = await sim.guild({ name })
  await hall.knowsGuild(guild.id, token)
  return guild
}

// A person's list of servers is fetched once in half a minute: it has to be there before.
const keyboardGuild = await guildNamed('Keyboard')

test('hostile names, texts and events run nothing', async (t) => {
  const guild = await guildNamed('<img src=x onerror=hacked=1>')
  const api = `/api/guilds/${guild.id}/commands`
  for (const [index, content] of hostile.entries()) {
    const body = {
      trigger: `<b>${index}</b>`,
      response: { content, embeds: [{ title: content, description: content, fields: [{ name: content, value: content }], footer: { text: content } }] },
    }
    const answer = await hall.post(api, { token, body })
    assert.equal(answer.status, 201, answer.text)
  }
  const { page, open, errors } = await openWeb(t, browser, hall, { token })
  const hacked = []
  await page.exposeFunction('reportHacked', () => hacked.push(page.url()))
  await page.addInitScript(() => Object.defineProperty(globalThis, 'hacked', { set: () => globalThis.reportHacked() }))
  const path = `/guilds/${guild.id}`
  for (const each of ['/', path, `${path}/commands`]) {
    await open(each)
    await page.locator('h1').waitFor()
  }
  await page.getByRole('link', { name: '!<b>0</b>' }).waitFor()
  for (const { id } of (await hall.get(api, { token })).body) {
    await open(`${path}/commands/${id}`)
    await page.locator('.ed-preview').getByText('hacked').or(page.locator('.ed-preview b, .ed-preview div')).first().waitFor()
    const links = await page.locator('.ed-preview a').evaluateAll((all) => all.map((link) => link.protocol))
    assert.ok(links.every((protocol) => ['https:', 'http:'].includes(protocol)), links.join())
  }
  await open(`${path}/events`)
  await page.getByText('Live', { exact: true }).waitFor()
  const channel = await sim.channelOf(guild.id)
  await sim.say(channel, people.ada, hostile.slice(0, 6).join(' '))
  await page.locator('.ev-row', { hasText: 'MESSAGE_CREATE' }).getByRole('button').click()
  await page.locator('.ev-json pre').waitFor()
  assert.deepEqual(hacked, [])
  assert.deepEqual(errors, [])
})

test('pages come with a strict policy, files are kept for ever and the page is not', async () => {
  const page = await hall.get('/guilds/1/commands')
  const policy = page.headers['content-security-policy']
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/)
  assert.doesNotMatch(policy, /unsafe/)
  assert.equal(page.headers['cache-control'], 'no-cache')
  const [script] = /\/assets\/main-[^"]+\.js/.exec(page.text)
  assert.match((await hall.get(script)).headers['cache-control'], /immutable/)
  assert.equal((await hall.get('/assets/nothing.js')).status, 404)
})

test('the keyboard is enough to make a command', async (t) => {
  const guild = keyboardGuild
  const { page, open, errors } = await openWeb(t, browser, hall, { token })
  const { keyboard } = page
  await open('/')
  await page.getByRole('heading', { name: 'Your servers' }).waitFor()
  await page.getByRole('link', { name: /Keyboard/ }).waitFor()
  await keyboard.press('/')
  await keyboard.type('keyb')
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Keyboard', level: 1 }).waitFor()
  await keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'hidden' })
  await keyboard.press('g')
  await keyboard.press('c')
  await page.getByRole('heading', { name: 'Commands', level: 1 }).waitFor()
  await keyboard.press('n')
  await page.getByLabel('Trigger').waitFor()
  await until(() => page.getByLabel('Trigger').evaluate((field) => field === document.activeElement), 'the focus in the first field')
  await keyboard.type('typed')
  const text = page.getByRole('textbox', { name: 'Text', exact: true })
  for (let tabs = 0; tabs < 30; ++tabs) {
    await keyboard.press('Tab')
    if (await text.evaluate((field) => field === document.activeElement)) break
  }
  await keyboard.type('by keyboard alone')
  await keyboard.press('Control+s')
  await page.getByRole('heading', { name: '!typed' }).waitFor()
  const [command] = (await hall.get(`/api/guilds/${guild.id}/commands`, { token })).body
  assert.deepEqual([command.trigger, command.response.content], ['typed', 'by keyboard alone'])
  assert.deepEqual(errors, [])
})

test('axe finds nothing on any page in both themes', async (t) => {
  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
  const guild = await guildNamed('Examples')
  const [command] = await fillGuild(hall, token, guild.id)
  const path = `/guilds/${guild.id}`
  const editor = `${path}/commands/${command.id}`
  const clickTab = (name) => (page) => page.getByRole('tab', { name }).click()
  const pages = [
    ['/', null, true], ['/'], [path], [`${path}/commands`], [`${path}/commands?templates=1`], [`${path}/commands/new`], [editor],
    [editor, clickTab('Script')], [editor, clickTab('Try it')], [`${path}/events`], ['/account'], ['/admin'], ['/admin/log'], ['/admin/users'], ['/guilds/123'],
    [path, (page) => page.keyboard.press('?')],
  ]
  const findings = []
  for (const colorScheme of ['light', 'dark']) {
    // Playwright's evaluate is not under the page's policy, but a script added to the page is.
    const options = { colorScheme, bypassCSP: true }
    const { page, open } = await openWeb(t, browser, hall, { token, ...options })
    const stranger = await openWeb(t, browser, hall, options)
    for (const [address, then, signedOut] of pages) {
      const here = signedOut ? stranger.page : page
      await (signedOut ? stranger.open : open)(address)
      await here.locator('h1, h2').first().waitFor()
      await here.locator('.ui-skeleton').first().waitFor({ state: 'detached' })
      await then?.(here)
      await here.addScriptTag({ path: axe })
      const { violations } = await here.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
      for (const { id, nodes } of violations) {
        for (const { html, failureSummary } of nodes.slice(0, 3)) {
          findings.push(`${colorScheme} ${address} ${id}: ${html.slice(0, 160)} ${failureSummary.replace(/\s+/g, ' ').slice(0, 200)}`)
        }
      }
    }
  }
  assert.deepEqual(findings, [])
})
