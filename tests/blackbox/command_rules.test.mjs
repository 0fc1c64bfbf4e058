// Validation of commands: what Discord would refuse is 422 with the field, and empty values count as absent.
// @database
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim)
const token = await hall.login(sim, people.ada)
const path = `/api/guilds/${guilds.workshop}/commands`
const create = (body) => hall.post(path, { token, body })

let made = 0
/** Creates a command with this response and a new trigger. */
const withResponse = (response) => ({ trigger: `t${++made}`, response })
const withTrigger = (trigger) => ({ trigger, response: { content: 'x' } })
const embed = (fields) => withResponse({ embeds: [fields] })
const rows = (...components) => withResponse({ content: 'x', components })
const row = (...components) => ({ type: 1, components })
const button = (fields = {}) => ({ type: 2, style: 1, label: 'Press', custom_id: `b${++made}`, ...fields })
const select = (fields = {}) => ({ type: 3, custom_id: `s${++made}`, options: [{ label: 'A', value: 'a' }], ...fields })
const times = (count, make) => Array.from({ length: count }, (_, i) => make(i))

const refused = {
  'an empty body': [{}, '/trigger'],
  'no response': [{ trigger: 'x' }, '/response'],
  'no trigger': [{ response: { content: 'x' } }, '/trigger'],
  'an unknown field': [{ ...withTrigger('x'), colour: 1 }, '/colour'],
  'an id of its own': [{ ...withTrigger('x'), id: '1' }, '/id'],
  'an unknown field within': [withResponse({ content: 'x', tts: true }), '/response/tts'],
  'an unknown field of an embed': [embed({ title: 'x', shape: 'round' }), '/response/embeds/0/shape'],

  'an empty trigger': [withTrigger(''), '/trigger'],
  'a trigger of 65 characters': [withTrigger('a'.repeat(65)), '/trigger'],
  'a trigger with a space': [withTrigger('a b'), '/trigger'],
  'a trigger with a tab': [withTrigger('a\tb'), '/trigger'],
  'a trigger with an ideographic space': [withTrigger('a\u3000b'), '/trigger'],
  'a trigger that is null': [withTrigger(null), '/trigger'],
  'a trigger that is a number': [withTrigger(7), '/trigger'],

  'a response that is text': [{ trigger: 'x', response: 'x' }, '/response'],
  'a response with nothing in it': [withResponse({}), '/response'],
  'a response of empty parts': [withResponse({ content: '', embeds: [], components: [] }), '/response'],
  'content of 2001 characters': [withResponse({ content: 'a'.repeat(2001) }), '/response/content'],
  'content that is a number': [withResponse({ content: 1 }), '/response/content'],
  'an interaction that is an object': [{ ...withTrigger('x'), interaction: {} }, '/interaction'],

  '11 embeds': [withResponse({ embeds: times(11, () => ({ title: 'x' })) }), '/response/embeds'],
  'embeds that are no list': [withResponse({ embeds: { title: 'x' } }), '/response/embeds'],
  'an embed that is text': [withResponse({ embeds: ['x'] }), '/response/embeds/0'],
  'a title of 257 characters': [embed({ title: 'a'.repeat(257) }), '/response/embeds/0/title'],
  'a description of 4097 characters': [embed({ description: 'a'.repeat(4097) }), '/response/embeds/0/description'],
  'a colour above 0xffffff': [embed({ title: 'x', color: 0x1000000 }), '/response/embeds/0/color'],
  'a negative colour': [embed({ title: 'x', color: -1 }), '/response/embeds/0/color'],
  'a url that is none': [embed({ title: 'x', url: 'javascript:alert(1)' }), '/response/embeds/0/url'],
  '26 fields': [embed({ fields: times(26, () => ({ name: 'n', value: 'v' })) }), '/response/embeds/0/fields'],
  'a field without value': [embed({ fields: [{ name: 'n' }] }), '/response/embeds/0/fields/0/value'],
  'a field with a name of 257': [
    embed({ fields: [{ name: 'n'.repeat(257), value: 'v' }] }),
    '/response/embeds/0/fields/0/name',
  ],
  'a field with a value of 1025': [
    embed({ fields: [{ name: 'n', value: 'v'.repeat(1025) }] }),
    '/response/embeds/0/fields/0/value',
  ],
  'a footer of 2049': [embed({ footer: { text: 'a'.repeat(2049) } }), '/response/embeds/0/footer/text'],
  'an author of 257': [embed({ author: { name: 'a'.repeat(257) } }), '/response/embeds/0/author/name'],
  'more than 6000 characters in all embeds': [
    withResponse({ embeds: times(2, () => ({ description: 'a'.repeat(3001) })) }),
    '/response/embeds',
  ],

  '6 rows': [rows(...times(6, () => row(button()))), '/response/components'],
  '6 buttons in a row': [rows(row(...times(6, () => button()))), '/response/components/0/components'],
  'an empty row': [rows(row()), '/response/components/0/components'],
  'a button outside a row': [rows(button()), '/response/components/0/type'],
  'a button without label': [rows(row(button({ label: undefined }))), '/response/components/0/components/0/label'],
  'a button without custom_id': [
    rows(row(button({ custom_id: undefined }))),
    '/response/components/0/components/0/custom_id',
  ],
  'a label of 81': [rows(row(button({ label: 'a'.repeat(81) }))), '/response/components/0/components/0/label'],
  'a custom_id of 101': [
    rows(row(button({ custom_id: 'a'.repeat(101) }))),
    '/response/components/0/components/0/custom_id',
  ],
  'a style of 9': [rows(row(button({ style: 9 }))), '/response/components/0/components/0/style'],
  'a link button without url': [
    rows(row({ type: 2, style: 5, label: 'Go' })),
    '/response/components/0/components/0/url',
  ],
  'a custom_id twice': [
    rows(row(button({ custom_id: 'same' }), button({ custom_id: 'same' }))),
    '/response/components/0/components/1/custom_id',
  ],
  'a button beside a select menu': [rows(row(select(), button())), '/response/components/0/components'],
  '26 options': [
    rows(row(select({ options: times(26, (i) => ({ label: `${i}`, value: `${i}` })) }))),
    '/response/components/0/components/0/options',
  ],
  'no options': [rows(row(select({ options: [] }))), '/response/components/0/components/0/options'],
  'an option value twice': [
    rows(row(select({ options: times(2, () => ({ label: 'A', value: 'a' })) }))),
    '/response/components/0/components/0/options/1/value',
  ],
}

for (const [name, [body, field]] of Object.entries(refused)) {
  test(`${name} is 422 and names ${field}`, async () => assertError(await create(body), 422, { field }))
}

const accepted = {
  'a trigger of 64 characters': withTrigger('é'.repeat(64)),
  'a trigger of 64 emoji': withTrigger('🦀'.repeat(64)),
  'a trigger with punctuation': withTrigger('wh-at\'s_"up"?'),
  'content of 2000 characters': withResponse({ content: 'a'.repeat(2000) }),
  'content of 2000 emoji': withResponse({ content: '🦀'.repeat(2000) }),
  'every character': withResponse({ content: '\u0001\t\n"\\/\u2028🦀 e\u0301 ${1}' }),
  '10 embeds': withResponse({ embeds: times(10, () => ({ title: 'x' })) }),
  'an embed at its limits': embed({
    title: 'a'.repeat(256),
    description: 'a'.repeat(4096),
    color: 0xffffff,
    url: 'https://example.org/?a=b#c',
  }),
  '25 fields': embed({ fields: times(25, () => ({ name: 'n', value: 'v', inline: true })) }),
  '5 rows of 5 buttons': rows(...times(5, () => row(...times(5, () => button())))),
  'a link button': rows(row({ type: 2, style: 5, label: 'Go', url: 'https://example.org' })),
  'a select menu of 25': rows(row(select({ options: times(25, (i) => ({ label: `${i}`, value: `${i}` })) }))),
}

for (const [name, body] of Object.entries(accepted)) {
  test(`${name} is accepted and returned unchanged`, async () => {
    const answer = await create(body)
    assert.equal(answer.status, 201, answer.text)
    const { body: stored } = await hall.get(`${path}/${answer.body.id}`, { token })
    assert.equal(stored.trigger, body.trigger)
    for (const [part, value] of Object.entries(body.response)) assertContains(stored.response[part], value)
  })
}

/** Asserts that `actual` includes everything in `wanted`. */
function assertContains(actual, wanted) {
  if (typeof wanted !== 'object') return assert.equal(actual, wanted)
  for (const [key, value] of Object.entries(wanted)) assertContains(actual[key], value)
}

test('empty values that dashboards send count as absent', async () => {
  const empties = {
    trigger: 'empties',
    response: {
      content: 'x',
      embeds: [
        {
          title: 'kept',
          description: '',
          url: '',
          color: '',
          fields: [],
          footer: { text: '' },
          author: { name: '' },
          image: { url: '' },
          thumbnail: { url: '' },
        },
      ],
      components: [],
    },
    interaction: '',
  }
  const answer = await create(empties)
  assert.equal(answer.status, 201, answer.text)
  assert.equal(answer.body.interaction, null)
  const [embedded] = answer.body.response.embeds
  const present = Object.fromEntries(
    Object.entries(embedded).filter(([, value]) => value !== null && value?.length !== 0),
  )
  assert.deepEqual(present, { title: 'kept' })
})

test('an embed of empty values counts as absent', async () => {
  const answer = await create(withResponse({ content: 'x', embeds: [{ title: '', description: '' }] }))
  if (answer.status === 201) assert.deepEqual(answer.body.response.embeds, [])
  else assertError(answer, 422, { field: '/response/embeds/0' })
})

test('a lone surrogate is refused', async () => {
  const text = '{"trigger":"surrogate","response":{"content":"\\ud83d"}}'
  const answer = await hall.post(path, { token, text, headers: { 'content-type': 'application/json' } })
  assert.ok([400, 422].includes(answer.status), `${answer.status} ${answer.text}`)
})

test('bytes that are not UTF-8 are refused', async () => {
  const text = Buffer.from('{"trigger":"bytes","response":{"content":"\xff"}}', 'latin1')
  const answer = await hall.post(path, { token, text, headers: { 'content-type': 'application/json' } })
  assert.ok([400, 422].includes(answer.status), `${answer.status} ${answer.text}`)
})
