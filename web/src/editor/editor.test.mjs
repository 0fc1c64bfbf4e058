import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMessage } from '../preview/discord'
import { columnsOf } from '../preview/Embed'
import { fillPlaceholders } from '../preview/placeholders'
import { freeName, lengthOf } from '../text'
import { cloneJson, getAt, insertAt, keyOf, moveAt, removeAt, setAt } from './draft'
import { emojiOf } from './EmojiField'
import { insertLink, toggleLines, toggleMark } from './formatting'
import { record, redo, startHistory, undo } from './history'
import { findProblems, freeCustomId } from './limits'
import { formatMessage, parseMessage } from './paste'
import { splitArguments, usableComponents } from './try'

const embed = (parts = {}) => ({ title: 'a', ...parts })
const pointers = (message) => findProblems(message).map(({ pointer }) => pointer)

test('a change shares what it does not touch', () => {
  const message = { content: 'a', embeds: [embed(), embed({ fields: [{ name: 'n', value: 'v' }] })] }
  const changed = setAt(message, '/embeds/1/fields/0/name', 'm')
  assert.equal(changed.embeds[1].fields[0].name, 'm')
  assert.equal(message.embeds[1].fields[0].name, 'n')
  assert.equal(changed.embeds[0], message.embeds[0])
  assert.equal(setAt(message, '/content', 'a'), message)
  assert.equal(getAt(message, '/embeds/1/fields/0/value'), 'v')
  assert.equal(getAt(message, '/embeds/7/title'), undefined)
})

test('a part without anything in it goes, an item of a list stays', () => {
  assert.deepEqual(setAt({ embeds: [{ footer: { text: 'a' } }] }, '/embeds/0/footer/text', undefined), { embeds: [{}] })
  assert.deepEqual(setAt({ embeds: [{ image: { url: 'a' }, title: 't' }] }, '/embeds/0/image/url', undefined), { embeds: [{ title: 't' }] })
  assert.deepEqual(setAt({ embeds: [{}] }, '/embeds/0/author/name', 'a'), { embeds: [{ author: { name: 'a' } }] })
  const untouched = { embeds: [{ title: 't' }] }
  assert.equal(setAt(untouched, '/embeds/0/author/name', undefined), untouched)
})

test('items keep their keys when they are changed and moved, and copies get their own', () => {
  const message = { embeds: [embed({ title: 'a' }), embed({ title: 'b' })] }
  const [first, second] = message.embeds.map(keyOf)
  const moved = moveAt(setAt(message, '/embeds/0/title', 'c'), '/embeds', 0, 1)
  assert.deepEqual(moved.embeds.map(keyOf), [second, first])
  assert.notEqual(keyOf(cloneJson(message.embeds[0])), first)
  assert.deepEqual(removeAt(insertAt({}, '/embeds', 0, embed()), '/embeds', 0), { embeds: [] })
})

test('typing is undone as a whole, other changes one by one', () => {
  let history = startHistory('')
  history = record(history, 'a', '/content', 1000)
  history = record(history, 'ab', '/content', 1500)
  history = record(history, 'ab!', '/embeds', 1600)
  history = record(history, 'ab!?', '/embeds', 9000)
  history = undo(history)
  assert.equal(history.present, 'ab!')
  history = undo(undo(history))
  assert.equal(history.present, '')
  assert.equal(undo(history), history)
  assert.equal(redo(redo(history)).present, 'ab!')
  // What was undone is gone once something else is done.
  assert.equal(redo(record(history, 'x', '', 9500)).present, 'x')
})

test('says what the server would refuse', () => {
  assert.deepEqual(pointers({ content: null, embeds: [], components: [] }), [''])
  assert.deepEqual(pointers({ content: 'a'.repeat(2000) }), [])
  assert.deepEqual(pointers({ content: 'a'.repeat(2001) }), ['/content'])
  assert.deepEqual(pointers({ embeds: [{ color: 1 }] }), ['/embeds/0'])
  assert.deepEqual(pointers({ embeds: [embed({ fields: [{ name: '', value: 'v' }] })] }), ['/embeds/0/fields/0/name'])
  assert.deepEqual(pointers({ embeds: [embed({ url: 'example.org' }), embed({ image: { url: '${user.avatar}' } })] }), ['/embeds/0/url'])
  assert.deepEqual(pointers({ embeds: [1, 2].map(() => ({ description: 'a'.repeat(3001) })) }), ['/embeds'])
  assert.deepEqual(pointers({ embeds: [{ footer: { icon_url: 'https://x.org/a.png' } }] }), ['/embeds/0/footer/text'])
})

const row = (...components) => ({ type: 1, components })
const button = (parts) => ({ type: 2, style: 1, label: 'a', custom_id: 'a', ...parts })

test('says what is wrong with components', () => {
  const menu = (parts) => ({ type: 3, custom_id: 'm', options: [{ label: 'a', value: 'a' }], ...parts })
  const wrong = (...rows) => pointers({ components: rows })
  assert.deepEqual(wrong(row(button(), button({ custom_id: 'b' })), row(menu())), [])
  assert.deepEqual(wrong(row()), ['/components/0'])
  assert.deepEqual(wrong(row(button(), button())), ['/components/0/components/1/custom_id'])
  assert.deepEqual(wrong(row(button({ label: undefined }))), ['/components/0/components/0/label'])
  assert.deepEqual(wrong(row({ type: 2, style: 5, label: 'a', url: 'javascript:alert(1)' })), ['/components/0/components/0/url'])
  assert.deepEqual(wrong(row({ type: 2, style: 5, label: 'a', url: 'discord://-/settings' })), [])
  assert.deepEqual(wrong(row(menu({ options: [] }))), ['/components/0/components/0/options'])
  assert.deepEqual(wrong(row(menu({ max_values: 2 }))), ['/components/0/components/0/max_values'])
  assert.deepEqual(wrong(row(menu({ min_values: 2 }))), ['/components/0/components/0/min_values'])
  const twice = [{ label: 'a', value: 'a' }, { label: 'b', value: 'a' }]
  assert.deepEqual(wrong(row(menu({ options: twice }))), ['/components/0/components/0/options/1/value'])
})

test('finds an id that is free', () => {
  const message = { components: [row(button({ custom_id: 'button' }), button({ custom_id: 'button-2' }))] }
  assert.equal(freeCustomId(message, 'button'), 'button-3')
  assert.equal(freeCustomId(message, 'menu'), 'menu')
})

const parsed = (text) => {
  const result = parseMessage(typeof text === 'string' ? text : JSON.stringify(text))
  return result.ok ? result.message : result.reason
}

test('takes messages as other tools have them', () => {
  const expected = { content: 'a', embeds: [], components: [] }
  assert.deepEqual(parsed({ content: 'a' }), expected)
  assert.deepEqual(parsed({ type: 4, data: { content: 'a' } }), expected)
  assert.deepEqual(parsed({ version: 'd2', messages: [{ data: { content: 'a' } }] }), expected)
  assert.deepEqual(parsed(`https://discohook.app/?data=${btoa(JSON.stringify({ messages: [{ data: { content: 'a' } }] }))}`), expected)
  assert.deepEqual(parsed({ message: { content: 'a' } }), expected)
  assert.deepEqual(parsed([{ title: 'a' }]), { content: null, embeds: [{ title: 'a' }], components: [] })
  assert.deepEqual(parsed({ title: 'a', color: '#ff0000' }).embeds, [{ title: 'a', color: 0xff0000 }])
  assert.deepEqual(parsed({ plainText: 'b', title: 'a' }), { content: 'b', embeds: [{ title: 'a' }], components: [] })
  assert.deepEqual(parsed({ embed: { title: 'a', image: 'https://x.org' } }).embeds, [{ title: 'a', image: { url: 'https://x.org' } }])
})

test('says why something is not a message', () => {
  assert.equal(parsed('7'), 'shape')
  assert.equal(parsed({ a: 1 }), 'shape')
  assert.equal(parsed({ content: '' }), 'empty')
  assert.equal(parsed({ messages: [{}, {}] }), 'several')
  const places = [['{\n  "content": a\n}', 2, 14], ['{"a": 1,}', 1, 9], ['[1 2]', 1, 4], ['{"a" 1}', 1, 6], ['{"a": "b', 1, 7], ['{} x', 1, 4], ['', 1, 1], ['[{}', 1, 4]]
  for (const [text, line, column] of places) assert.deepEqual(parseMessage(text), { ok: false, reason: 'syntax', line, column }, text)
  assert.deepEqual(parseMessage('{"content": "a", "poll": {}, "username": "x", "files": []}').lost, ['poll', 'username'])
})

test('what it shows as JSON is read as the same message', () => {
  const message = { content: 'a', embeds: [embed({ fields: [{ name: 'n', value: 'v', inline: true }] })], components: [row(button({ emoji: { name: '🎉' } }))] }
  assert.deepEqual(parseMessage(formatMessage(message)).message, message)
})

test('reads whatever JSON there is without failing', () => {
  for (const value of [null, 1, 'a', [], { content: 5, embeds: 'x', components: [1, { type: 1 }, { type: 99 }, { type: 9, accessory: 5 }] },
    { embeds: [{ fields: [null, { name: 1 }], footer: 'x', author: [] }], attachments: [{}], flags: 'x' }]) {
    assert.equal(typeof readMessage(value), 'object')
  }
  assert.equal(readMessage({ content: 5 }).content, '5')
})

test('lays out fields as Discord does', () => {
  const columns = (text) => columnsOf([...text].map((letter) => ({ name: '', value: '', inline: letter === 'i' })))
  assert.deepEqual(columns('iii'), [4, 4, 4])
  assert.deepEqual(columns('iiii'), [4, 4, 4, 12])
  assert.deepEqual(columns('ii-i'), [6, 6, 12, 12])
})

test('fills in placeholders as the bot does', () => {
  const values = { args: ['one', '${2}'], user: { id: '7', name: 'Ada', avatar: 'https://a' } }
  assert.equal(fillPlaceholders('${1} ${2} ${3}|${user} ${user.name} ${nope} ${01}', values), 'one ${2} |<@7> Ada ${nope} ${01}')
  assert.equal(fillPlaceholders('${1} ${user}', {}), '${1} ${user}')
})

test('counts code points', () => {
  for (const text of ['', 'abc', '🎉a🎉', '\ud83c', '\udf89\ud83c', 'é👨‍👩‍👧']) assert.equal(lengthOf(text), [...text].length, text)
})

test('puts marks around what is selected, and takes them away', () => {
  const bold = toggleMark({ text: 'a word b', start: 2, end: 6 }, '**')
  assert.deepEqual(bold, { text: 'a **word** b', start: 4, end: 8 })
  assert.deepEqual(toggleMark(bold, '**'), { text: 'a word b', start: 2, end: 6 })
  assert.equal(toggleMark(bold, '*').text, 'a ***word*** b')
  assert.equal(toggleLines({ text: 'a\nb\nc', start: 0, end: 3 }, '> ').text, '> a\n> b\nc')
  assert.equal(toggleLines({ text: '> a\n> b', start: 0, end: 7 }, '> ').text, 'a\nb')
  const link = insertLink({ text: 'see this', start: 4, end: 8 }, 'text')
  assert.equal(link.text, 'see [this](https://)')
  assert.equal(link.text.slice(link.start, link.end), 'https://')
})

test('reads emoji as people paste them', () => {
  assert.deepEqual(emojiOf('<a:party:111111111111111111>'), { id: '111111111111111111', name: 'party', animated: true })
  assert.deepEqual(emojiOf(' 🎉 '), { name: '🎉' })
  assert.equal(emojiOf(' '), undefined)
})

// The cases of src/bot/match/arguments_test.cpp.
test('splits arguments as the bot does', () => {
  const cases = [
    ['one  two\tthree\nfour', ['one', 'two', 'three', 'four']],
    ['"Ada Lovelace" wrote "the first  program"', ['Ada Lovelace', 'wrote', 'the first  program']],
    ['"" after nothing', ['', 'after', 'nothing']],
    ['"a "quoted" word"', ['a "quoted', 'word"']],
    ['„Ada Lovelace“ schrieb', ['Ada Lovelace', 'schrieb']],
    ['«Ada Lovelace» a écrit', ['Ada Lovelace', 'a', 'écrit']],
    ['「Ada Lovelace」 x', ['Ada Lovelace', 'x']],
    ['”Ada Lovelace” skrev', ['Ada Lovelace', 'skrev']],
    ['“half and half" done', ['half and half', 'done']],
    ['a 5" pipe', ['a', '5"', 'pipe']],
    ['"not closed', ['"not', 'closed']],
    ['"straight” is not curly', ['"straight”', 'is', 'not', 'curly']],
    ['"', ['"']],
    ['say="two words"', ['say="two', 'words"']],
    ['  ', []],
  ]
  for (const [text, expected] of cases) assert.deepEqual(splitArguments(text), expected, text)
})

test('finds the components that run a script, also in sections', () => {
  const link = { type: 2, style: 5, url: 'https://x.org', label: 'x' }
  const section = { type: 17, components: [{ type: 9, components: [], accessory: button({ custom_id: 'in' }) }] }
  assert.deepEqual(usableComponents({ components: [row(button(), link), section] }).map(({ custom_id: id }) => id), ['a', 'in'])
})

test('a name that is taken gets the first free number', () => {
  const taken = new Set(['poll', 'poll-2', '2024', 'x-7'])
  for (const [wanted, free] of [['new', 'new'], ['poll', 'poll-3'], ['2024', '2024-2'], ['x-7', 'x-2']]) assert.equal(freeName(wanted, taken), free)
})
