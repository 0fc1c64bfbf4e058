import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOnlyEmoji, parseMarkdown } from './markdown'

/** The tree as a short text: `strong(a)`, with `|` between siblings. */
function shape(nodes) {
  return nodes.map(shapeOf).join('|')
}

function shapeOf(node) {
  const { type } = node
  if (type === 'text') return JSON.stringify(node.text).slice(1, -1)
  if (type === 'list') return `${node.ordered ? `ol${node.start}` : 'ul'}(${node.items.map(shape).join(' ; ')})`
  if (type === 'heading') return `h${node.level}(${shape(node.children)})`
  if (type === 'link') return `a<${node.href}>(${shape(node.children)})`
  if (node.children) return `${type}(${shape(node.children)})`
  if (type === 'codeBlock') return `pre:${node.language}(${JSON.stringify(node.text).slice(1, -1)})`
  if (type === 'code' || type === 'emoji') return `${type}(${node.text})`
  if (type === 'time') return `time(${node.seconds}:${node.style})`
  if (type === 'customEmoji') return `:${node.animated ? 'a:' : ''}${node.name}:`
  return `${type}(${node.name ?? node.place ?? node.id})`
}

const corpus = [
  // emphasis
  ['**bold**', 'strong(bold)'],
  ['*a* _b_', 'em(a)| |em(b)'],
  ['__under__', 'u(under)'],
  ['~~gone~~', 's(gone)'],
  ['||secret||', 'spoiler(secret)'],
  ['***both***', 'em(strong(both))'],
  ['**a *b* c**', 'strong(a |em(b)| c)'],
  ['__**~~||x||~~**__', 'u(strong(s(spoiler(x))))'],
  ['snake_case_name', 'snake_case_name'],
  ['_a_b', '_a_b'],
  ['2 * 3 * 4', '2 * 3 * 4'],
  ['* a*b*', 'ul(a|em(b))'],
  ['**open', '**open'],
  ['****', '****'],
  ['**a\nb**', 'strong(a\\nb)'],
  ['\\*a\\*', '*a*'],
  ['\\\\', '\\\\'],
  ['a\\b', 'a\\\\b'],
  ['¯\\_(ツ)_/¯', '¯\\\\_(ツ)_/¯'],
  // code
  ['`a *b*`', 'code(a *b*)'],
  ['`` `x` ``', 'code(`x`)'],
  ['`open', '`open'],
  ['```\nx\n```', 'pre:(x)'],
  ['```js\nlet a = 1\n\nlet b\n```', 'pre:js(let a = 1\\n\\nlet b)'],
  ['```js```', 'pre:(js)'],
  ['a ```x``` b', 'a |pre:(x)| b'],
  ['```open', '```open'],
  ['```\n```', 'code(\n)'],
  ['____', '____'],
  ['a\n__________\nb __c__', 'a\\n__________\\nb |u(c)'],
  ['||```x```||', 'spoiler(pre:(x))'],
  // blocks
  ['# A', 'h1(A)'],
  ['## A #', 'h2(A)'],
  ['### A\nb', 'h3(A)|b'],
  ['#### A', '#### A'],
  ['#A', '#A'],
  ['a # b', 'a # b'],
  ['a\n# B\nc', 'a|h1(B)|c'],
  ['-# small', 'subtext(small)'],
  ['# **A** `b`', 'h1(strong(A)| |code(b))'],
  ['> a\n> b\nc', 'quote(a\\nb)|c'],
  ['>>> a\n\nb', 'quote(a\\n\\nb)'],
  ['> a\n>>> b', 'quote(a)|quote(b)'],
  ['>a', '>a'],
  ['> > a', 'quote(> a)'],
  ['> # A', 'quote(h1(A))'],
  ['> - a\n> - b', 'quote(ul(a ; b))'],
  ['- a\n- b', 'ul(a ; b)'],
  ['* a\n* b\nc', 'ul(a ; b)|c'],
  ['3. a\n4. b', 'ol3(a ; b)'],
  ['- a\n  - b\n    - c\n- d', 'ul(a|ul(b|ul(c)) ; d)'],
  ['- a\n  more\n- b', 'ul(a\\nmore ; b)'],
  ['1. a\n   - b', 'ol1(a|ul(b))'],
  ['-a', '-a'],
  ['- # A', 'ul(h1(A))'],
  ['**a**\n- b', 'strong(a)|ul(b)'],
  // links
  ['[a](https://x.org)', 'a<https://x.org/>(a)'],
  ['[**a**](https://x.org "t")', 'a<https://x.org/>(strong(a))'],
  ['[a](<https://x.org>)', 'a<https://x.org/>(a)'],
  ['[a](https://x.org/(b))', 'a<https://x.org/(b)>(a)'],
  ['[a](javascript:alert(1))', '[a](javascript:alert(1))'],
  ['[a](data:text/html,x)', '[a](data:text/html,x)'],
  ['[a](JaVaScRiPt://x.org/%0aalert(1))', '[a](JaVaScRiPt://x.org/%0aalert(1))'],
  ['[a](discord://-/channels/1)', 'a<discord://-/channels/1>(a)'],
  ['[https://bank.org](https://evil.org)', '[|a<https://bank.org/>(https://bank.org)|](|a<https://evil.org/>(https://evil.org)|)'],
  ['[a][b]', '[a][b]'],
  ['[a] (https://x.org)', '[a] (|a<https://x.org/>(https://x.org)|)'],
  ['see https://x.org/a_b_c.', 'see |a<https://x.org/a_b_c>(https://x.org/a_b_c)|.'],
  ['(https://x.org/a)', '(|a<https://x.org/a>(https://x.org/a)|)'],
  ['https://x.org/a_(b)', 'a<https://x.org/a_(b)>(https://x.org/a_(b))'],
  ['<https://x.org>', 'a<https://x.org/>(https://x.org)'],
  ['<javascript:/alert(1)>', '<javascript:/alert(1)>'],
  ['https://', 'https://'],
  // Discord's own
  ['<@1> <@!2> <@&3> <#4>', 'user(1)| |user(2)| |role(3)| |channel(4)'],
  ['</a b:5>', 'command(a b)'],
  ['<id:customize><id:guide>', 'navigation(customize)|navigation(guide)'],
  ['@everyone @here @nobody', 'everyone(everyone)| |everyone(here)| @nobody'],
  ['<:a:1><a:b_2:22>', ':a:|:a:b_2:'],
  ['<t:0:R> <t:1700000000> <t:-5:d>', 'time(0:R)| |time(1700000000:f)| |time(-5:d)'],
  ['<t:99999999999999999:R>', '<t:99999999999999999:R>'],
  ['<t:1:x>', '<t:1:x>'],
  ['a 👍🏽 b', 'a |emoji(👍🏽)| b'],
  ['👨‍👩‍👧‍👦🏳️‍🌈🇩🇪1️⃣❤️', 'emoji(👨‍👩‍👧‍👦)|emoji(🏳️‍🌈)|emoji(🇩🇪)|emoji(1️⃣)|emoji(❤️)'],
  ['1 © ™ #', '1 © ™ #'],
  ['${1} ${2+} ${user.name} ${nope} $5', 'placeholder(1)| ${2+} |placeholder(user.name)| ${nope} $5'],
  ['`${1}`', 'code(${1})'],
  ['', ''],
  ['\n\na', '\\n\\na'],
]

for (const [text, expected] of corpus) {
  test(`reads ${JSON.stringify(text)}`, () => assert.equal(shape(parseMarkdown(text)), expected))
}

test('knows no headings, lists and quotes where there are none', () => {
  assert.equal(shape(parseMarkdown('# a\n- b\n> **c**', { blocks: false })), '# a\\n- b\\n> |strong(c)')
})

test('tells messages of emoji alone', () => {
  assert.equal(isOnlyEmoji(parseMarkdown('👍 <:a:1>\n🎉')), true)
  assert.equal(isOnlyEmoji(parseMarkdown('👍 ok')), false)
  assert.equal(isOnlyEmoji(parseMarkdown(' ')), false)
  assert.equal(isOnlyEmoji(parseMarkdown('👍'.repeat(31))), false)
})

/** All text of a tree, to see that nothing is lost. */
function textLength(nodes) {
  let sum = 0
  for (const node of nodes) {
    sum += node.text?.length ?? 0
    sum += textLength(node.children ?? node.items?.flat() ?? [])
  }
  return sum
}

const hostile = [
  '*', '**', '_', '__', '~~', '||', '`', '```', '[', '](', '[](', '<', '>', '> ', '>>> ', '# ', '- ', '\\', '@', '${', '*a ', '_a ',
  '**a', '*_', '_*', '__*', '**_', '||**', '~~__**||', '[a](', '[[a]', '<t:', '<@', '<:a:', 'http', 'https://', 'https://x(', '`a``', '`` ` ',
  ' - a\n', '  ', '\n', '1. ', '👨‍', '\u200d', '🇩', '1️', '¯\\_', '[a](https://x.org', '*\\', '***a', '( ', '- - ', '> - ', '```a\n',
]

test('takes a few milliseconds for hostile texts', () => {
  const texts = hostile.map((piece) => piece.repeat(Math.ceil(4000 / piece.length)).slice(0, 4000))
  texts.push(Array.from({ length: 400 }, (_, i) => `${' '.repeat(i % 60)}- a`).join('\n').slice(0, 4000))
  texts.push(`${'**__~~||'.repeat(250)}x${'||~~__**'.repeat(250)}`)
  texts.push(Array.from({ length: 90 }, (_, i) => '`'.repeat(i + 1)).join('a'))
  texts.push(`${'['.repeat(1300)}a${'](https://x.org)'.repeat(160)}`)
  for (const text of texts) {
    // The best of some: what a busy machine adds does not count.
    let best = Infinity
    for (let run = 0; run < 8 && best > 10; ++run) {
      const before = performance.now()
      parseMarkdown(text)
      best = Math.min(best, performance.now() - before)
    }
    assert.ok(best < 50, `${best.toFixed(1)} ms for ${JSON.stringify(text.slice(0, 20))}`)
  }
})

test('goes no deeper than the stack allows, whatever the text', () => {
  let random = 1
  const next = (below) => (random = (random * 48271) % 2147483647) % below
  for (let round = 0; round < 300; ++round) {
    const text = Array.from({ length: 300 }, () => hostile[next(hostile.length)]).join('').slice(0, 4000)
    assert.ok(textLength(parseMarkdown(text)) <= text.length)
  }
})
