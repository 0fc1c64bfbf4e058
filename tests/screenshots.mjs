// node screenshots.mjs <folder> [--all]: pictures of the dashboard's pages with examples in it. With --all every page at
// 360, 768 and 1280 pixels in both themes, to look at; otherwise those of the documentation.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { launchBrowser } from './harness/browser.mjs'
import { startGuildhall } from './harness/guildhall.mjs'
import { guilds, people, startSimulator } from './harness/simulator.mjs'
import { fillGuild, openWeb } from './harness/web.mjs'

const folder = process.argv[2]
const all = process.argv.includes('--all')
const endings = []
const scope = { after: (action) => endings.push(action) }

const sim = await startSimulator(scope)
const hall = await startGuildhall(scope, sim, { env: { ADMIN_USER_IDS: people.ada.id } })
try {
  await hall.scriptsReady()
  for (const name of ['The Analytical Society', 'Bernoulli Numbers', 'Night Owls']) await sim.guild({ name, bot: name !== 'Night Owls' })
  const token = await hall.login(sim, people.ada)
  const commands = await fillGuild(hall, token, guilds.workshop)
  const poll = commands.find(({ trigger }) => trigger === 'poll')
  const browser = await launchBrowser(scope)
  await mkdir(folder, { recursive: true })

  const workshop = `/guilds/${guilds.workshop}`
  const pages = {
    landing: { path: '/', signedOut: true },
    servers: { path: '/' },
    overview: { path: workshop },
    commands: { path: `${workshop}/commands` },
    templates: { path: `${workshop}/commands?templates=1` },
    editor: { path: `${workshop}/commands/${poll.id}` },
    script: { path: `${workshop}/commands/${poll.id}`, then: (page) => page.getByRole('tab', { name: 'Script' }).click() },
    try: {
      path: `${workshop}/commands/${poll.id}`,
      then: async (page) => {
        await page.getByRole('tab', { name: 'Try it' }).click()
        await page.locator('.ed-try button[type=submit]').click()
        await page.getByText(/ms of CPU/).waitFor()
      },
    },
    events: {
      path: `${workshop}/events`,
      then: async (page) => {
        await page.getByText('Live', { exact: true }).waitFor()
        const channel = await sim.channelOf(guilds.workshop)
        await sim.say(channel, people.grace, '!poll Lunch?')
        await sim.say(channel, people.ada, 'Pizza, please')
        await page.locator('.ev-row', { hasText: 'Pizza' }).getByRole('button').click()
      },
    },
    account: { path: '/account' },
    admin: { path: '/admin' },
    log: { path: '/admin/log' },
    users: { path: '/admin/users' },
    missing: { path: '/guilds/123' },
  }
  const wanted = all ? Object.keys(pages) : ['commands', 'editor']
  const sizes = all ? [[360, 740], [768, 1024], [1280, 800]] : [[1280, 800]]
  for (const colorScheme of ['light', 'dark']) {
    for (const [width, height] of sizes) {
      for (const [name, { path, then, signedOut }] of Object.entries(pages)) {
        if (!wanted.includes(name)) continue
        const { page, context, errors, open } = await openWeb(scope, browser, hall, {
          ...(!signedOut && { token }), colorScheme, viewport: { width, height }, deviceScaleFactor: 1,
        })
        await open(path)
        await page.locator('h1, h2').first().waitFor().catch((error) => errors.push(error.message.split('\n')[0]))
        await page.waitForLoadState('networkidle').catch(() => undefined)
        await then?.(page).catch((error) => errors.push(error.message.split('\n')[0]))
        const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        if (wide > 0) errors.push(`${wide} px too wide`)
        await page.screenshot({ path: join(folder, all ? `${name}-${width}-${colorScheme}.png` : `${name}-${colorScheme}.png`) })
        for (const error of errors) console.error(`${name} ${width} ${colorScheme}: ${error}`)
        await context.close()
      }
    }
  }
} finally {
  for (const action of endings.reverse()) await action()
}
