import { chromium } from 'playwright-core'
import { onEnd } from './cleanup.mjs'

/** A page in Debian's Chromium that can reach `origins` alone, and the `complaints` that it gave rise to. */
export async function openPage(scope, origins) {
  const executablePath = process.env.CHROMIUM_BIN ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
  onEnd(scope, () => browser.close())
  const page = await browser.newPage()
  page.setDefaultTimeout(30_000)
  const complaints = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.route(
    (url) => url.protocol !== 'data:' && !origins.includes(url.origin),
    (route) => {
      complaints.push(`asked for ${route.request().url()}`)
      return route.abort()
    },
  )
  return { page, complaints }
}
