// node harness/measure.mjs: what a keystroke in the editor costs with the largest message, as processor time of the page's main thread, which
// a busy machine does not change. Times SLOWDOWN (4), as on a phone.
import { openHarness } from './browser.mjs'

const slowdown = Number(process.env.SLOWDOWN ?? 4)
const keys = 40

/** Processor time in milliseconds, by name of what the main thread did. */
async function trace(page, run) {
  const cdp = await page.context().newCDPSession(page)
  const events = []
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...value))
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve))
  await cdp.send('Tracing.start', { categories: 'toplevel,devtools.timeline,disabled-by-default-devtools.timeline', transferMode: 'ReportEvents' })
  await run()
  await cdp.send('Tracing.end')
  await complete
  const main = events.find(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  return events.filter(({ ph, tid, pid, tdur }) => ph === 'X' && tid === main.tid && pid === main.pid && tdur !== undefined)
}

/** The tasks of the thread that are in no other. */
function topTasks(events) {
  const tasks = events.filter(({ name }) => name.endsWith('RunTask')).sort((a, b) => a.ts - b.ts || b.dur - a.dur)
  let end = 0
  return tasks.filter(({ ts, dur }) => ts >= end && (end = ts + dur))
}

/** For each key: processor time from its task to the one that commits a frame, which is when the letter can be seen. */
function untilSeen(events) {
  const tasks = topTasks(events)
  const inside = (task, wanted) => events.some((event) => wanted(event) && event.ts >= task.ts && event.ts < task.ts + task.dur)
  const times = []
  for (let i = 0; i < tasks.length; ++i) {
    if (!inside(tasks[i], ({ name, args }) => name === 'EventDispatch' && args?.data?.type === 'keydown')) continue
    let time = 0
    for (let k = i; k < tasks.length; ++k) {
      time += tasks[k].tdur / 1000
      if (inside(tasks[k], ({ name }) => name === 'Commit')) break
    }
    times.push(time * slowdown)
  }
  return times.sort((a, b) => a - b)
}

const harness = await openHarness()
for (const [name, selector, query] of [
  ['content', '.ed-form > .ui-field textarea', 'show=editor&sample=largest'],
  ['description of an embed', '[data-at="/embeds/4"] textarea', 'show=editor&sample=largest'],
  ['content of a small message', '.ed-form > .ui-field textarea', 'show=editor&sample=full'],
]) {
  const page = await harness.open(query)
  if (selector.startsWith('[data-at')) await page.click('[data-at="/embeds/4"] .ed-card-title')
  await page.click(selector)
  await page.keyboard.press('Control+End')
  const type = async () => {
    for (let i = 0; i < keys; ++i) {
      await page.keyboard.type('abc de '[i % 7])
      await page.waitForTimeout(60)
    }
    await page.waitForTimeout(400)
  }
  await page.keyboard.press('Backspace')
  await type() // compiled before it is measured
  for (let i = 0; i < keys; ++i) await page.keyboard.press('Backspace')
  const events = await trace(page, type)
  const times = untilSeen(events)
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(1)
  const idle = events.filter(({ name }) => name === 'FireIdleCallback').map(({ tdur }) => (tdur / 1000) * slowdown)
  console.log(
    `${name}, times ${slowdown}: from key to frame median ${at(0.5)} ms, 95 % ${at(0.95)} ms, worst ${at(1)} ms of ${times.length}; ` +
      `preview in idle time, longest ${Math.max(0, ...idle).toFixed(1)} ms`,
  )
  if (process.env.DETAILS) {
    const byName = {}
    for (const { name, tdur, args } of events) {
      const key = name === 'EventDispatch' ? `event ${args?.data?.type}` : name
      byName[key] = (byName[key] ?? 0) + (tdur / 1000 / keys) * slowdown
    }
    console.log(Object.entries(byName).sort((a, b) => b[1] - a[1]).slice(0, 22).map(([key, time]) => `${key} ${time.toFixed(1)}`).join(', '))
  }
  await page.close()
}
await harness.close()
