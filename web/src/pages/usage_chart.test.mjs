import assert from 'node:assert/strict'
import test from 'node:test'
import { barsOf, labelled, scaleFor, sumOf } from './usage_chart'

test('the scale ends at a round number whose half is whole', () => {
  const scales = [0, 1, 2, 3, 4, 5, 10, 11, 21, 41, 99, 101, 12_345]
  assert.deepEqual(scales.map(scaleFor), [2, 2, 2, 4, 4, 10, 10, 20, 40, 100, 100, 200, 20_000])
})

test('a bar has what failed and the rest, and a single use is seen', () => {
  const days = [
    { day: '2026-01-30', uses: 0, failures: 0 },
    { day: '2026-01-31', uses: 10, failures: 4 },
    { day: '2026-02-01', uses: 1, failures: 1 },
  ]
  assert.deepEqual(barsOf(days, 20), [
    { failed: 0, answered: 0 },
    { failed: 0.2, answered: 0.3 },
    { failed: 0.05, answered: 0 },
  ])
  assert.equal(barsOf([{ day: '', uses: 1, failures: 0 }], 100_000)[0].answered, 0.01)
  assert.deepEqual(sumOf(days), { uses: 11, failures: 5 })
})

test('the first, the middle and the last day are labelled', () => {
  assert.deepEqual(labelled(30), [0, 14, 29])
  assert.deepEqual(labelled(2), [0, 1])
  assert.deepEqual(labelled(1), [0])
})
