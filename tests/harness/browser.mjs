import { chromium } from 'playwright-core'
import { onEnd } from './cleanup.mjs'

/**
 * Opens a page in Debian's Chromium that can reach only `origins`. Its errors are collected in `errors`. `options` are
 * Playwright's for a context.
 */
export async function openPage(scope, origins, options = {}) {
  const executablePath = process.env.CHROMIUM_BIN ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
  onEnd(scope, () => browser.close())
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await context.route(
    (url) => url.protocol !== 'data:' && !origins.includes(url.origin),
    (route) => {
      errors.push(`asked for ${route.request().url()}`)
      return route.abort()
    },
  )
  return { page, errors }
}
