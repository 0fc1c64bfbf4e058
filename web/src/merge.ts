// Saving beside somebody else: what each has changed, and both together.
import type { CommandInput } from './api/schema'

/** The parts of a command that are taken from one side or the other. */
const responseParts = ['content', 'embeds', 'components', 'onlyCaller', 'expiresAfter', 'flags'] as const
type ResponsePart = (typeof responseParts)[number]
export const parts = ['trigger', 'caseSensitive', 'enabled', ...responseParts, 'interaction'] as const
export type Part = (typeof parts)[number]
export type Side = 'mine' | 'theirs'

const isOfResponse = (part: Part): part is ResponsePart => (responseParts as readonly Part[]).includes(part)

export function partOf(input: CommandInput, part: Part): unknown {
  if (part === 'enabled') return input.enabled ?? true
  return (isOfResponse(part) ? input.response[part] : input[part]) ?? null
}

/** Equal as JSON, where an absent list is an empty one. */
export function same(a: unknown, b: unknown): boolean {
  const plain = (value: unknown) => {
    const empty = value === undefined || value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0)
    return empty ? '' : JSON.stringify(value, sorted)
  }
  return plain(a) === plain(b)
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null && member !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)))
}

export const sameInput = (a: CommandInput, b: CommandInput): boolean =>
  a === b || parts.every((part) => same(partOf(a, part), partOf(b, part)))

/** The parts that both have changed, to different things. */
export function conflicts(base: CommandInput, mine: CommandInput, theirs: CommandInput): Part[] {
  return parts.filter((part) => {
    const [before, a, b] = [partOf(base, part), partOf(mine, part), partOf(theirs, part)]
    return !same(before, a) && !same(before, b) && !same(a, b)
  })
}

/** The parts that they have changed. */
export const changedParts = (base: CommandInput, theirs: CommandInput): Part[] =>
  parts.filter((part) => !same(partOf(base, part), partOf(theirs, part)))

/** What both have changed together; `choices` decides where both have changed the same part. */
export function merge(base: CommandInput, mine: CommandInput, theirs: CommandInput, choices: Partial<Record<Part, Side>>): CommandInput {
  const side = (part: Part): CommandInput => {
    const chosen = choices[part]
    if (chosen) return chosen === 'mine' ? mine : theirs
    return same(partOf(base, part), partOf(mine, part)) ? theirs : mine
  }
  const response = Object.fromEntries(responseParts.map((part) => [part, side(part).response[part]]).filter(([, value]) => value !== undefined))
  return {
    trigger: side('trigger').trigger,
    caseSensitive: side('caseSensitive').caseSensitive ?? false,
    enabled: side('enabled').enabled ?? true,
    response: response as CommandInput['response'],
    interaction: side('interaction').interaction ?? null,
  }
}
