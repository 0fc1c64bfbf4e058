import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changedParts, conflicts, merge, sameInput } from './merge'

const base = { trigger: 'a', caseSensitive: false, enabled: true, response: { content: 'text' }, interaction: null }
const withResponse = (change) => ({ ...base, response: { ...base.response, ...change } })

test('changes of different members of the response are both kept', () => {
  const [mine, theirs] = [withResponse({ expiresAfter: 60 }), withResponse({ onlyCaller: true })]
  assert.deepEqual(conflicts(base, mine, theirs), [])
  assert.deepEqual(merge(base, mine, theirs, {}).response, { content: 'text', onlyCaller: true, expiresAfter: 60 })
})

test('where both have changed the same, the choice decides', () => {
  const [mine, theirs] = [withResponse({ expiresAfter: 60 }), withResponse({ expiresAfter: 90 })]
  assert.deepEqual(conflicts(base, mine, theirs), ['expiresAfter'])
  assert.equal(merge(base, mine, theirs, { expiresAfter: 'theirs' }).response.expiresAfter, 90)
  assert.equal(merge(base, mine, theirs, { expiresAfter: 'mine' }).response.expiresAfter, 60)
})

test('a command is switched on where nothing says that it is off', () => {
  const { enabled, ...before } = base
  assert.ok(enabled && sameInput(before, base))
  const off = { ...base, enabled: false }
  assert.ok(!sameInput(before, off))
  assert.deepEqual(changedParts(base, off), ['enabled'])
  assert.deepEqual(merge(before, { ...before, trigger: 'b' }, off, {}), { ...off, trigger: 'b' })
})

test('what they took away is gone, and what is absent equals what is empty', () => {
  const before = withResponse({ flags: 64, embeds: [{ title: 'x' }] })
  assert.deepEqual(changedParts(before, base), ['embeds', 'flags'])
  assert.deepEqual(merge(before, { ...before, trigger: 'b' }, base, {}), { ...base, trigger: 'b' })
  assert.ok(sameInput(base, withResponse({ embeds: [], onlyCaller: false })))
})
