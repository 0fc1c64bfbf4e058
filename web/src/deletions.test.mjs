import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { dispatch, nextRequest, requests } from './testing/browser.mjs'

const { deleteCommands, deleted, finishDeletions } = await import('./deletions')

/** Answers the reads of the guild that follow a deletion. */
async function settle() {
  const read = await nextRequest()
  assert.equal(read.method, 'GET')
  read.answer(200, { id: '1', commands: [] })
}

test('a deletion is sent after the time for undo', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  deleteCommands('1', ['10'])
  assert.ok(deleted.value.has('10'))
  assert.equal(requests.length, 0)
  mock.timers.tick(8000)
  mock.timers.reset()
  const request = await nextRequest()
  assert.deepEqual([request.method, request.path], ['DELETE', '/api/guilds/1/commands/10'])
  request.answer(204)
  await settle()
  assert.ok(!deleted.value.has('10'))
})

test('a deletion whose request got lost with its page is sent by the next one', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  deleteCommands('1', ['11'])
  dispatch('pagehide')
  mock.timers.reset()
  const lost = await nextRequest()
  assert.deepEqual([lost.method, lost.keepalive], ['DELETE', true])

  const finished = finishDeletions()
  const again = await nextRequest()
  assert.deepEqual([again.method, again.path], ['DELETE', '/api/guilds/1/commands/11'])
  again.answer(404, { error: 'Not found.', code: 'not_found' })
  await finished
  await settle()
  await finishDeletions()
  assert.equal(requests.length, 0)
})
