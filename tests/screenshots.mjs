// node screenshots.mjs <folder> [--all]: pictures of the dashboard's pages with examples in it. With --all every page at
// 360, 768 and 1280 pixels in both themes, to look at; otherwise those of the documentation.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startGuildhall } from './harness/guildhall.mjs'
import { guilds, people, startSimulator } from './harness/simulator.mjs'
import { fillGuild, launchBrowser, openWeb } from './harness/web.mjs'

const folder = process.argv[2]
const all = process.argv.includes('--all')
const only = process.argv.find((word) => word.startsWith('--only='))?.slice(7)
const endings = []
const scope = { after: (action) => endings.push(action) }

const sim = await startSimulator(scope)
const hall = await startGuildhall(scope, sim, { env: { ADMIN_USER_IDS: people.ada.id, ...(process.env.HALL_PORT && { PORT: process.env.HALL_PORT }) } })
const front = process.env.WEB_URL ? { ...hall, url: process.env.WEB_URL } : hall
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
        await page.getByRole('button', { name: 'Run' }).click()
        await page.getByText('Completed').waitFor()
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
    missing: { path: '/guilds/123' },
  }
  const sizes = all ? [[360, 740], [768, 1024], [1280, 800]] : [[1280, 800]]
  const themes = all ? ['light', 'dark'] : ['light', 'dark']
  for (const colorScheme of themes) {
    for (const [width, height] of sizes) {
      for (const [name, { path, then, signedOut }] of Object.entries(pages)) {
        if (only && !only.split(',').includes(name)) continue
        const { page, context, errors, open } = await openWeb(scope, browser, front, {
          ...(!signedOut && { token }), colorScheme, viewport: { width, height }, deviceScaleFactor: all ? 1 : 2,
        })
        await open(path)
        await page.locator('h1, h2').first().waitFor().catch((error) => errors.push(error.message.split('\n')[0]))
        await page.waitForLoadState('networkidle').catch(() => undefined)
        await then?.(page).catch((error) => errors.push(error.message.split('\n')[0]))
        const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        if (wide > 0) errors.push(`${wide} px too wide`)
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) })
        for (const error of errors) console.error(`${name} ${width} ${colorScheme}: ${error}`)
        await context.close()
      }
    }
  }
} finally {
  for (const action of endings.reverse()) await action()
}
