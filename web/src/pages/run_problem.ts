// What went wrong in a run of a command or script, from the events COMMAND_RUN and SCRIPT_RUN (docs/live.md).
import { formatList, t } from '../i18n'

export interface Run {
  commandId: string
  trigger: string
  /** Of a command. */
  outcome?: string
  reason?: string | null
  missingPermissions?: string[]
  leftOut?: { pointer: string; reason: string }[]
  /** Of a script. */
  ending?: string
  error?: { name: string; message: string } | null
}

const permissions = ['View Channel', 'Send Messages', 'Send Messages in Threads', 'Embed Links', 'Use External Emojis'] as const
const outcomes = ['empty', 'failed'] as const
const endings = ['cpu', 'memory', 'wall', 'calls', 'call_size', 'forbidden', 'crashed', 'protocol', 'stopped', 'busy', 'unavailable'] as const

const among = <T extends string>(list: readonly T[], name: string | undefined) => list.find((each) => each === name)

function permissionName(name: string): string {
  const known = among(permissions, name)
  return known ? t(`permission.${known}`) : name
}

/** Null if the run went as it should, as one that is told of for what it wrote to the console. */
export function problemOf({ outcome, reason, missingPermissions, leftOut, ending, error }: Run): string | null {
  if (missingPermissions?.length) return t('problems.missing', { names: formatList(missingPermissions.map(permissionName)) })
  if (leftOut?.length) return t('problems.leftOut', { parts: leftOut.map((part) => `${part.pointer}: ${part.reason}`).join(' ') })
  const failed = among(outcomes, outcome)
  if (failed === 'empty') return t('outcome.empty')
  if (failed) return [t('outcome.failed'), reason].filter(Boolean).join(' ')
  const ended = among(endings, ending)
  if (ended) return t(`ending.${ended}`)
  if (error) return `${error.name}: ${error.message}`
  const code = [outcome, ending].find((each) => each !== undefined && each !== 'answered' && each !== 'completed')
  return code === undefined ? null : (reason ?? code)
}
