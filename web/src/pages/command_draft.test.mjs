import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextRequest } from '../testing/browser.mjs'

const { CommandDraft } = await import('./command_draft')
const { loadDraft, replaceNewDraft } = await import('../drafts')

let lastId = 0
const commandOf = (trigger) => ({ id: String(++lastId), trigger, caseSensitive: false, response: { content: 'before' }, interaction: null })

test('what is saved is what was typed until then', async () => {
  const draft = new CommandDraft('1', commandOf('hello'), '"1"')
  draft.change({ trigger: 'hallo' })
  const saving = draft.save()
  const request = await nextRequest()
  assert.deepEqual([request.method, request.body.trigger, request.headers['If-Match']], ['PUT', 'hallo', '"1"'])
  request.answer(200, { ...request.body, id: '1' }, '"2"')
  await saving
  assert.deepEqual([draft.dirty.value, draft.etag.value, draft.saving.value], [false, '"2"', false])
})

test('what is typed while the server answers stays, and is kept on the device', async () => {
  const command = commandOf('hello')
  const draft = new CommandDraft('1', command, '"1"')
  draft.change({ trigger: 'first' })
  const saving = draft.save()
  const request = await nextRequest()
  draft.change({ trigger: 'second' })
  request.answer(200, { ...request.body, id: command.id }, '"2"')
  await saving
  assert.deepEqual([draft.input.value.trigger, draft.base.value.trigger, draft.dirty.value], ['second', 'first', true])
  assert.equal(loadDraft('1', command.id).input.trigger, 'second')
})

test('a message that is saved as it is stays the same object', async () => {
  const draft = new CommandDraft('1', commandOf('hello'), '"1"')
  const response = { content: 'after' }
  draft.change({ response })
  const saving = draft.save()
  const request = await nextRequest()
  request.answer(200, { ...request.body, id: '1' }, '"2"')
  await saving
  assert.equal(draft.input.value.response, response)
})

test('what is typed while a new command is created is a draft of that command', async () => {
  const draft = new CommandDraft('2', null, null)
  draft.change({ trigger: 'new', response: { content: 'text' } })
  draft.keep()
  const saving = draft.save()
  const request = await nextRequest()
  draft.change({ trigger: 'newer' })
  request.answer(201, { ...request.body, id: '77' }, '"1"')
  await saving
  draft.keep()
  assert.equal(loadDraft('2', 'new'), null)
  const next = new CommandDraft('2', { ...request.body, id: '77' }, '"1"')
  assert.deepEqual([next.input.value.trigger, next.base.value.trigger, next.dirty.value], ['newer', 'new', true])
})

test('a save that fails leaves everything as it is', async () => {
  const draft = new CommandDraft('1', commandOf('hello'), '"1"')
  draft.change({ trigger: 'taken' })
  const saving = draft.save()
  ;(await nextRequest()).answer(409, { error: 'Taken.', code: 'conflict' })
  await assert.rejects(saving, { status: 409 })
  assert.deepEqual([draft.dirty.value, draft.etag.value, draft.saving.value], [true, '"1"', false])
})

test('what is discarded comes back', () => {
  const command = commandOf('hello')
  const draft = new CommandDraft('1', command, '"1"')
  draft.change({ trigger: 'mine' })
  const undo = draft.discard(command, '"1"')
  assert.deepEqual([draft.dirty.value, loadDraft('1', command.id)], [false, null])
  undo()
  assert.deepEqual([draft.input.value.trigger, loadDraft('1', command.id).input.trigger], ['mine', 'mine'])
})

test('an editor whose draft was replaced keeps nothing', () => {
  const draft = new CommandDraft('3', null, null)
  draft.change({ trigger: 'old' })
  replaceNewDraft('3', { ...draft.snapshot(), input: { ...draft.input.value, trigger: 'template' } })
  draft.keep()
  assert.equal(loadDraft('3', 'new').input.trigger, 'template')
})
