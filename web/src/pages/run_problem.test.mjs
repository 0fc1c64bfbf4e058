import assert from 'node:assert/strict'
import { test } from 'node:test'
import '../testing/browser.mjs'

const { problemOf } = await import('./run_problem')
const run = { commandId: '1', trigger: 'x' }

test('runs that went as they should are no problems', () => {
  assert.equal(problemOf({ ...run, outcome: 'answered', missingPermissions: [], leftOut: [] }), null)
  assert.equal(problemOf({ ...run, ending: 'completed', error: null }), null)
})

test('problems are told in words', () => {
  const missing = { outcome: 'not_permitted', reason: 'Sentence.', missingPermissions: ['View Channel', 'Future'] }
  assert.equal(problemOf({ ...run, ...missing }), 'The bot lacks permissions: View Channel and Future')
  assert.equal(problemOf({ ...run, outcome: 'not_permitted', reason: 'Discord refused.' }), 'Discord refused.')
  assert.match(problemOf({ ...run, outcome: 'answered', leftOut: [{ pointer: '/embeds/0/url', reason: 'Not an URL.' }] }), /\/embeds\/0\/url: Not an URL\./)
  assert.equal(problemOf({ ...run, ending: 'cpu', error: { name: 'Error', message: 'x' } }), 'The script used too much CPU time.')
  assert.equal(problemOf({ ...run, ending: 'exception', error: { name: 'TypeError', message: 'x is not a function' } }), 'TypeError: x is not a function')
})
