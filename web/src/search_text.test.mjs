import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonText, valuesText } from './search_text'

test('texts are found, names of members are not', () => {
  const response = { content: 'Hello', embeds: [{ title: 'Rules', fields: [{ name: 'First', value: 'Be kind' }], color: 1 }] }
  for (const word of ['hello', 'rules', 'first', 'be kind']) assert.ok(valuesText(response).includes(word), word)
  for (const word of ['embeds', 'title', 'color']) assert.ok(!valuesText(response).includes(word), word)
  assert.ok(jsonText(response).includes('"title":"rules"'))
})
