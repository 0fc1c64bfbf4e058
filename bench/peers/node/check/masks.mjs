import { application, guilds, people } from '../../../../tests/harness/simulator.mjs'

const fixed = new Set([application.id, ...Object.values(guilds), ...Object.values(people).map(({ id }) => id)])
const times = new Set(['createdAt', 'updatedAt', 'timestamp', 'log_time', 'edited_timestamp', 'joined_at'])
const made = new Set(['token', 'nonce'])

const typed = (value) => (value === null ? null : `<${typeof value}>`)

function maskField(name, value) {
  if (times.has(name) || made.has(name)) return typed(value)
  if (/(^|_)id$/i.test(name)) return fixed.has(value) ? value : typed(value)
  return mask(value)
}

/** `value` without what is never the same twice: times, tokens, and ids that are not those of the simulator's world. */
export function mask(value) {
  if (Array.isArray(value)) return value.map(mask)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskField(name, inner)]))
}
