import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextRequest } from './testing/browser.mjs'

const { entryOf, patch, refresh, store } = await import('./resource')

const dataOf = (path) => entryOf(path).state.value.data
const answerOf = (data) => ({ data, etag: null, headers: new Headers() })

test('a read that was overtaken by a write changes nothing', async () => {
  const reading = refresh('/api/a')
  const request = await nextRequest()
  store('/api/a', answerOf('written'))
  request.answer(200, 'read before')
  await reading
  assert.equal(dataOf('/api/a'), 'written')
})

test('a read that is under way when something is changed begins anew', async () => {
  store('/api/b', answerOf(['one', 'two']))
  const reading = refresh('/api/b')
  const before = await nextRequest()
  patch('/api/b', (list) => list.filter((each) => each !== 'one'))
  const again = await nextRequest()
  before.answer(200, ['one', 'two'])
  await reading
  assert.deepEqual([dataOf('/api/b'), entryOf('/api/b').state.value.loading], [['two'], true])
  again.answer(200, ['two', 'three'])
  while (entryOf('/api/b').state.value.loading) await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(dataOf('/api/b'), ['two', 'three'])
})

test('what is used stays when there is much', () => {
  store('/api/guild', answerOf('guild'))
  for (let number = 0; number < 200; ++number) {
    store(`/api/commands/${number}`, answerOf(number))
    entryOf('/api/guild')
  }
  assert.equal(dataOf('/api/guild'), 'guild')
  assert.equal(dataOf('/api/commands/0'), undefined)
})
