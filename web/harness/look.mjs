// node harness/look.mjs <folder> [query]...: pictures of the harness at three widths in both themes.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openHarness } from './browser.mjs'

const [folder = '/tmp/look', ...queries] = process.argv.slice(2)
const widths = (process.env.WIDTHS ?? '360,768,1280').split(',').map(Number)
const themes = (process.env.THEMES ?? 'light,dark').split(',')
await mkdir(folder, { recursive: true })
const harness = await openHarness()
for (const query of queries.length > 0 ? queries : ['show=editor', 'show=preview', 'show=script', 'show=try']) {
  for (const width of widths) {
    for (const theme of themes) {
      const page = await harness.open(`${query}&theme=${theme}`, { width })
      await page.waitForTimeout(400)
      const name = `${query.replace(/\W+/g, '-')}-${width}-${theme}.png`
      await page.screenshot({ path: join(folder, name), fullPage: true })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
      console.log(name, wide ? 'TOO WIDE' : '', ...page.complaints)
      await page.close()
    }
  }
}
await harness.close()
