// The editor and the preview alone in Chromium, under the dashboard's policy.
import assert from 'node:assert/strict'
import test from 'node:test'
import { openHarness } from '../../web/harness/browser.mjs'
import { onEnd } from '../harness/cleanup.mjs'

const harness = await openHarness()
onEnd(test, () => harness.close())

const value = (page) => page.evaluate(() => window.harness.value)

/** A page that complains about nothing. */
async function using(query, use) {
  const page = await harness.open(query)
  await use(page)
  assert.deepEqual(page.complaints, [])
  await page.close()
}

const xss = [
  '<script>pwned()</script>', '<img src=x onerror=pwned()>', '"><svg onload=pwned()>', '[a](javascript:pwned())',
  '[a](JAVASCRIPT:pwned())', '[a](data:text/html,<script>pwned()</script>)', '<javascript:/pwned()>', '[a](https://x.org" onclick="pwned())',
  '![a](x" onerror="pwned())', '```html\n<script>pwned()</script>\n```', '||<iframe src=javascript:pwned()>||', '<a:b" onerror="pwned():1>',
  '[<img src=x onerror=pwned()>](https://x.org)', '${<script>pwned()</script>}', '<t:1:R" onload="pwned()>', '<@1"><script>pwned()</script>>',
  '[a](vbscript:pwned())', '[a](\u0001javascript:pwned())', '[a](java\nscript:pwned())', '{{constructor.constructor("pwned()")()}}', '<style>*{background:url(//evil)}</style>',
]

test('hostile messages run nothing and lead nowhere', () =>
  using('show=editor&sample=empty', async (page) => {
    await page.evaluate(() => (window.pwned = () => (window.wasPwned = true)))
    for (const [index, text] of xss.entries()) {
      await page.evaluate(([hostile, mark]) => {
        window.harness.setValue({
          content: `${hostile} ${mark}`,
          embeds: [{
            title: hostile, description: hostile, url: hostile, author: { name: hostile, url: hostile, icon_url: hostile }, color: 1,
            footer: { text: hostile, icon_url: hostile }, image: { url: hostile }, thumbnail: { url: hostile }, timestamp: hostile,
            fields: [{ name: hostile, value: hostile }],
          }],
          components: [
            { type: 1, components: [{ type: 2, style: 5, label: hostile, url: hostile }, { type: 2, style: 1, label: hostile, emoji: { name: hostile, id: hostile }, custom_id: hostile }] },
            { type: 1, components: [{ type: 3, custom_id: 'm', placeholder: hostile, options: [{ label: hostile, value: hostile, description: hostile, emoji: { name: hostile } }] }] },
          ],
        })
      }, [text, `mark${index}`])
      await page.waitForFunction((mark) => document.querySelector('.ed-preview').textContent.includes(mark), `mark${index}`)
      await page.evaluate(() => {
        for (const closed of document.querySelectorAll('.pv-spoiler:not(.shown), .pv-select-head[aria-expanded=false]')) closed.click()
      })
      await assertHarmless(page, text)
    }
  }))

async function assertHarmless(page, text) {
  const found = await page.evaluate(() => ({
    ran: Boolean(window.wasPwned),
    elements: document.querySelectorAll('.ed-root :is(script, iframe, object, embed, style, link, base)').length,
    handlers: [...document.querySelectorAll('.ed-root *')].flatMap((element) => [...element.attributes]).filter(({ name }) => name.startsWith('on')).length,
    links: [...document.querySelectorAll('.ed-root a')].map(({ protocol, rel }) => `${protocol} ${rel}`),
    images: [...document.querySelectorAll('.ed-root img')].map(({ src }) => new URL(src).host),
  }))
  assert.deepEqual({ ...found, links: [], images: [] }, { ran: false, elements: 0, handlers: 0, links: [], images: [] }, text)
  for (const link of found.links) assert.match(link, /^(https?|discord): noopener noreferrer nofollow$/, text)
  for (const host of found.images) assert.equal(host, 'cdn.discordapp.com', text)
}

test('a message is made with the keyboard alone', () =>
  using('show=editor&sample=empty', async (page) => {
    await page.focus('.ed-form textarea')
    await page.keyboard.type('Hello world')
    await page.keyboard.press('Control+Shift+ArrowLeft')
    await page.keyboard.press('Control+b')
    assert.equal((await value(page)).content, 'Hello **world**')
    await page.waitForSelector('.ed-preview strong')

    await page.focus('text=Add embed')
    await page.keyboard.press('Enter')
    await page.focus('[data-pointer="/embeds/0/title"] input')
    await page.keyboard.type('First')
    await page.focus('text=Add embed')
    await page.keyboard.press('Enter')
    await page.focus('[data-pointer="/embeds/1/title"] input')
    await page.keyboard.type('Second')
    await page.focus('[data-at="/embeds/1"] .ed-grip')
    await page.keyboard.press('ArrowUp')
    assert.deepEqual((await value(page)).embeds.map(({ title }) => title), ['Second', 'First'])
    // The focus goes with what is moved.
    assert.equal(await page.evaluate(() => document.activeElement.closest('[data-at]').dataset.at), '/embeds/0')
    assert.equal(await page.textContent('.ed-root > [role=status]'), 'Moved to position 1 of 2.')

    await page.keyboard.press('Control+z')
    assert.deepEqual((await value(page)).embeds.map(({ title }) => title), ['First', 'Second'])
    await page.keyboard.press('Control+y')
    assert.deepEqual((await value(page)).embeds.map(({ title }) => title), ['Second', 'First'])
  }))

test('items are dragged, duplicated and removed', () =>
  using('show=editor', async (page) => {
    const grip = await (await page.$('[data-at="/components/0"] .ed-grip')).boundingBox()
    const other = await (await page.$('[data-at="/components/1"] .ed-grip')).boundingBox()
    await page.mouse.move(grip.x + 5, grip.y + 5)
    await page.mouse.down()
    await page.mouse.move(other.x + 5, other.y + 20, { steps: 4 })
    await page.waitForSelector('.ed-list.sorting')
    await page.waitForFunction(() => document.querySelector('[data-at="/components/1"]').parentElement.style.transform !== '')
    await page.mouse.up()
    assert.deepEqual((await value(page)).components.map(({ components }) => components.length), [1, 5])

    await page.click('[data-at="/components/1"] [aria-label^="Duplicate"]')
    const { components } = await value(page)
    assert.equal(components.length, 3)
    const ids = components.flatMap((row) => row.components.map(({ custom_id: id }) => id)).filter(Boolean)
    assert.equal(new Set(ids).size, ids.length)
    await page.click('[data-at="/components/0"] [aria-label^="Remove"]')
    assert.equal((await value(page)).components.length, 2)
    await page.waitForFunction(() => document.activeElement?.closest('[data-at]')?.dataset.at === '/components/0')
  }))

test('what opens over the page is closed by Escape, a click elsewhere, and when the focus leaves', () =>
  using('show=editor', async (page) => {
    await page.click('[data-at="/components/0"] .ed-card-title')
    await page.click('[data-at="/components/0/components/0"] .ed-card-title')
    const [button, list] = ['[data-at="/components/0/components/0"] .ed-emoji-button', '.ed-emoji-list']
    const closed = () => page.waitForSelector(list, { state: 'detached' })
    await page.click(button)
    await page.waitForSelector(list)
    await page.keyboard.press('Escape')
    await closed()
    assert.ok(await page.evaluate((selector) => document.activeElement === document.querySelector(selector), button))
    await page.keyboard.press('Enter')
    await page.waitForSelector(list)
    await page.click('.ed-preview h2')
    await closed()
    await page.click(button)
    await page.waitForSelector(list)
    await page.focus('[data-pointer="/content"] textarea')
    await closed()
  }))

test('an error of the server is at its field until that is changed', () =>
  using('show=editor', async (page) => {
    await page.click('[data-at="/embeds/0"] .ed-card-title')
    await page.evaluate(() => window.harness.setErrors([{ pointer: '/response/embeds/0/title', text: 'Refused.' }]))
    await page.waitForSelector('[data-pointer="/embeds/0/title"] .ui-field-error')
    assert.equal(await page.textContent('[data-at="/embeds/0"] > header .ui-badge'), '1')
    await page.fill('[data-pointer="/embeds/0/title"] input', 'Another')
    await page.waitForSelector('[data-pointer="/embeds/0/title"] .ui-field-error', { state: 'detached' })
  }))

test('a message from elsewhere is pasted as JSON', () =>
  using('show=editor&sample=empty', async (page) => {
    await page.check('.view-json input')
    await page.fill('.ed-json textarea', '{"messages":[{"data":{"content":"pasted","username":"x"}}]}')
    assert.equal((await value(page)).content, 'pasted')
    assert.match(await page.textContent('.ed-json .ui-hint'), /username/)
    await page.fill('.ed-json textarea', '{"content":')
    assert.match(await page.textContent('.ed-json .ui-field-error'), /line 1, column 12/)
    assert.equal((await value(page)).content, 'pasted')
    // What is not valid yet is no change of the message: its undo leaves both alone, and so does another view.
    await page.press('.ed-json textarea', 'Control+y')
    await page.check('.view-form input')
    await page.check('.view-json input')
    assert.equal(await page.inputValue('.ed-json textarea'), '{"content":')
    await page.press('.ed-json textarea', 'Control+z')
    assert.equal((await value(page)).content, 'pasted')
  }))

test('the script editor completes, marks errors, and lets go of the keyboard', () =>
  using('show=script&error', async (page) => {
    await page.waitForSelector('.cm-lintRange-error')
    await page.click('.cm-content')
    await page.keyboard.press('Control+End')
    await page.keyboard.type('interaction.rep')
    await page.waitForSelector('.cm-tooltip-autocomplete')
    // CodeMirror ignores keys in the first moment, so that they are not meant for what was there before.
    await page.waitForFunction(() => document.querySelector('.ed-script-host').shadowRoot.querySelector('li[aria-selected]'))
    await page.waitForTimeout(100)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => window.harness.value.endsWith('interaction.reply'))
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement.classList.contains('ed-script-host')), false)
  }))

test('a button of the preview runs the script', () =>
  using('show=try&sample=full', async (page) => {
    await page.fill('.ed-try-form input', 'one "two three"')
    await page.click('.ed-try-answer .pv-button.primary')
    await page.waitForSelector('.ed-calls')
    const request = JSON.parse(await page.textContent('.ed-calls .pv-embed-text'))
    assert.deepEqual(request, { args: ['one', 'two three'], interaction: { customId: 'rules', componentType: 2 } })
    await page.click('.ed-try-answer .pv-select-head')
    for (const option of await page.$$('.ed-try-answer .pv-option')) await option.click()
    await page.click('.pv-select-done')
    await page.waitForFunction(() => document.querySelector('.ed-calls .pv-embed-text')?.textContent.includes('"values":["artist","player"]'))
  }))

test('no letter is lost to an owner that answers late', async () => {
  const text = 'The quick brown fox jumps over the lazy dog'
  await using('show=editor&sample=empty&slow', async (page) => {
    await page.focus('.ed-form textarea')
    await page.keyboard.type(text, { delay: 15 })
    await page.waitForFunction((expected) => window.harness.value.content === expected, text)
  })
  await using('show=script&slow', async (page) => {
    await page.click('.cm-content')
    await page.keyboard.press('Control+End')
    await page.keyboard.type(`// ${text}`, { delay: 15 })
    await page.waitForFunction((expected) => window.harness.value.endsWith(expected), text)
  })
})
