import { chromium } from 'playwright-core'
import { onEnd } from './cleanup.mjs'

const flags = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--no-first-run']

/** Debian's Chromium, until the end of `scope`. */
export async function launchBrowser(scope) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium', args: flags })
  onEnd(scope, () => browser.close())
  return browser
}

/**
 * Opens a page in a Chromium of its own that can reach only `origins`. Its errors are collected in `errors`. `options` are
 * Playwright's for a context.
 */
export async function openPage(scope, origins, options = {}) {
  const browser = await launchBrowser(scope)
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
