// The dashboard in a browser.
import { createRequire } from 'node:module'
import { onEnd } from './cleanup.mjs'
import { root } from './paths.mjs'

/**
 * A page of the dashboard in a context of its own, which is signed in if `token` is given and reaches `hall` and `also`
 * only. What goes wrong in it is in `errors`; `options` are Playwright's for a context.
 */
export async function openWeb(scope, browser, hall, { token, also = [], locale = 'en', ...options } = {}) {
  const context = await browser.newContext({ locale, reducedMotion: 'reduce', ...options })
  onEnd(scope, () => context.close())
  if (token) await signIn(context, hall, token)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  // A refused request is the page's business, and shown there.
  page.on('console', (message) => message.type() === 'error' && !message.text().startsWith('Failed to load resource') && errors.push(message.text()))
  const origins = [hall.url, ...also]
  await context.route(
    (url) => !['data:', 'blob:'].includes(url.protocol) && !origins.includes(url.origin),
    (route) => route.abort(),
  )
  const open = async (path) => {
    await page.goto(hall.url + path)
    return page
  }
  return { page, context, errors, open }
}

const signIn = (context, hall, token) =>
  context.addCookies([{ name: 'token', value: token, url: hall.url, httpOnly: true, sameSite: 'Lax' }])

/** The templates of the dashboard, as its own module has them. */
export async function loadTemplates() {
  const { build } = createRequire(`${root}web/`)('esbuild')
  const { outputFiles } = await build({ entryPoints: [`${root}web/src/templates/index.ts`], bundle: true, write: false, format: 'esm' })
  const { templates } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
  return templates
}

/** Makes a command of each template in a guild; the commands. */
export async function fillGuild(hall, token, guildId) {
  const commands = []
  for (const template of await loadTemplates()) {
    const answer = await hall.post(`/api/guilds/${guildId}/commands`, { token, body: template.command('en') })
    if (answer.status !== 201) throw new Error(`${template.id}: ${answer.text}`)
    commands.push(answer.body)
  }
  return commands
}
