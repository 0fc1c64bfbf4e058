// node harness/screenshots.mjs <folder> [query]...: pictures of the harness at three widths in both themes. WIDTHS, THEMES,
// PART=top,height and CLIP_WIDTH choose some of it.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openHarness } from './browser.mjs'

const [folder = '/tmp/screenshots', ...queries] = process.argv.slice(2)
const widths = (process.env.WIDTHS ?? '360,768,1280').split(',').map(Number)
const themes = (process.env.THEMES ?? 'light,dark').split(',')
await mkdir(folder, { recursive: true })
const harness = await openHarness()
for (const query of queries.length > 0 ? queries : ['show=editor', 'show=preview', 'show=script', 'show=try']) {
  for (const width of widths) {
    for (const theme of themes) {
      const page = await harness.open(`${query}&theme=${theme}`, { width })
      // All cards open, those inside others too.
      for (let round = 0; query.includes('open') && round < 3; ++round) {
        await page.evaluate(() => document.querySelectorAll('.ed-card-title[aria-expanded=false]').forEach((title) => title.click()))
        await page.evaluate(() => document.querySelectorAll('.ed-part').forEach((part) => part.setAttribute('open', '')))
      }
      await page.waitForTimeout(400)
      const name = `${query.replace(/\W+/g, '-')}-${width}-${theme}.png`
      const [top, height] = (process.env.PART ?? '').split(',').map(Number)
      const clip = height ? { x: 0, y: top, width: Math.min(width, Number(process.env.CLIP_WIDTH ?? width)), height } : undefined
      await page.screenshot({ path: join(folder, name), fullPage: true, clip })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
      console.log(name, wide ? 'TOO WIDE' : '', ...page.complaints)
      await page.close()
    }
  }
}
await harness.close()
