import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dispatch, nextRequest, requests } from './testing/browser.mjs'

const { switchCommands, switchMany } = await import('./switching')
const { entryOf, store } = await import('./resource')

const guildOf = (...states) => ({ id: '1', commands: states.map((enabled, index) => ({ id: String(index + 1), enabled })) })
const keep = (guild) => store('/api/guilds/1', { data: guild, etag: null, headers: new Headers() })
const shown = () => entryOf('/api/guilds/1').state.value.data.commands.map(({ enabled }) => enabled)

/** Answers the next change. */
async function answer(id, enabled, status = 200) {
  const request = await nextRequest()
  assert.deepEqual([request.method, request.path, request.body], ['PATCH', `/api/guilds/1/commands/${id}`, { enabled }])
  request.answer(status, status === 200 ? { id, enabled } : { error: 'No.', code: 'not_found' }, `"${id}-${enabled}"`)
}

async function settle(guild) {
  const read = await nextRequest()
  assert.deepEqual([read.method, read.path], ['GET', '/api/guilds/1'])
  read.answer(200, guild)
}

test('a switch is shown at once, and what the server answers is kept', async () => {
  keep(guildOf(true, true))
  switchCommands('1', ['2'], false)
  assert.deepEqual(shown(), [true, false])
  await answer('2', false)
  await settle(guildOf(true, false))
  assert.equal(entryOf('/api/guilds/1/commands/2').state.value.etag, '"2-false"')
})

test('changes are sent one after the other, and the guild is read after the last', async () => {
  keep(guildOf(true, true))
  switchMany('1', ['1', '2'], false)
  switchCommands('1', ['1'], true)
  assert.deepEqual(shown(), [true, false])
  await answer('1', false)
  await answer('2', false)
  await answer('1', true)
  await settle(guildOf(true, false))
  assert.equal(requests.length, 0)
})

test('what the server refuses is as it was', async () => {
  keep(guildOf(false, false))
  switchMany('1', ['1', '2'], true)
  assert.deepEqual(shown(), [true, true])
  await answer('1', true, 404)
  await answer('2', true)
  const read = await nextRequest()
  assert.deepEqual(shown(), [false, true])
  read.answer(200, guildOf(false, true))
})

test('what is not sent yet is sent when the page is left', async () => {
  keep(guildOf(true, true, true))
  switchCommands('1', ['1', '2', '3'], false)
  dispatch('pagehide')
  await answer('1', false)
  for (const id of ['2', '3']) {
    const { method, path, body, keepalive } = await nextRequest()
    assert.deepEqual([method, path, body, keepalive], ['PATCH', `/api/guilds/1/commands/${id}`, { enabled: false }, true])
  }
  await settle(guildOf(false, false, false))
})
