import assert from 'node:assert/strict'

/** Asserts that `answer` is an error in the API's format: a sentence, a code and, where one is at fault, the field. */
export function assertError(answer, status, { code, field } = {}) {
  assert.equal(answer.status, status, answer.text)
  assert.match(answer.type, /^application\/json\b/)
  const error = answer.body
  assert.match(error.error, /^\P{Ll}.*[.]$/su, 'a sentence')
  assert.match(error.code, /^[a-z][a-z0-9_]*$/)
  if (code !== undefined) assert.equal(error.code, code)
  assert.equal(error.field, field)
  assert.deepEqual(
    Object.keys(error).filter((key) => !['error', 'code', 'field'].includes(key)),
    [],
  )
  if (status === 429 || status === 503) assertRetryAfter(answer)
}

export function assertRetryAfter(answer) {
  assert.match(answer.header('retry-after') ?? '', /^[1-9]\d*$/)
}

/** RFC 3339 in UTC. */
export function assertTimestamp(text) {
  assert.match(text, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
}
