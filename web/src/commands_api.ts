// What the dashboard does to commands, beyond one request.
import { api } from './api/client'
import type { Command, CommandInput, CommandPage, CommandSummary, Guild } from './api/schema'
import { isObject } from './json'
import { freeName } from './text'

export const guildPath = (id: string) => `/api/guilds/${id}`
export const commandsPath = (guildId: string) => `/api/guilds/${guildId}/commands`
export const commandPath = (guildId: string, id: string) => `${commandsPath(guildId)}/${id}`

/** The part of a command that people write. */
export function inputOf(command: Command): CommandInput {
  const { trigger, caseSensitive, enabled, response, interaction } = command
  return { trigger, caseSensitive, enabled, response, interaction }
}

/** All commands with their scripts, oldest first. */
export async function wholeCommands(guildId: string): Promise<Command[]> {
  const all: Command[] = []
  let before: string | null = ''
  while (before !== null) {
    const page: CommandPage = (await api.get<CommandPage>(`${commandsPath(guildId)}?scripts=1&limit=100&before=${before}`)).data
    all.push(...page.commands)
    before = page.next
  }
  return all.reverse()
}

/** The form in which commands are exported: `guildhall/guild`, version 1. */
interface ExportFile {
  format: 'guildhall/guild'
  version: 1
  guild: { name: string; prefix: string; language: string }
  commands: CommandInput[]
}

export function exportFile(guild: Guild, commands: Command[]): ExportFile {
  return {
    format: 'guildhall/guild',
    version: 1,
    guild: { name: guild.name, prefix: guild.prefix, language: guild.language },
    commands: commands.map(inputOf).sort((a, b) => (a.trigger < b.trigger ? -1 : 1)),
  }
}

/** Hands a file to the browser. */
export function download(name: string, content: unknown): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(content, null, 2)}\n`], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}

/** Triggers have no spaces. */
const triggerOf = (name: string) => name.trim().toLowerCase().replace(/\s+/g, '-').slice(0, 64)

function commandOf(entry: unknown, fallback: string): CommandInput | null {
  if (!isObject(entry)) return null
  if (isObject(entry.response) || typeof entry.response === 'string') {
    const response = typeof entry.response === 'string' ? { content: entry.response } : entry.response
    return {
      trigger: String(entry.trigger ?? fallback),
      ...(typeof entry.caseSensitive === 'boolean' && { caseSensitive: entry.caseSensitive }),
      ...(typeof entry.enabled === 'boolean' && { enabled: entry.enabled }),
      response: response as CommandInput['response'],
      interaction: typeof entry.interaction === 'string' ? entry.interaction : null,
    }
  }
  // A message as Discord has it, alone or in a backup of Discohook.
  const message = isObject(entry.data) ? entry.data : entry
  if ('content' in message || 'embeds' in message || 'components' in message) {
    const { content, embeds, components, flags } = message
    const response = Object.fromEntries(Object.entries({ content, embeds, components, flags }).filter(([, value]) => value !== undefined))
    return { trigger: fallback, response: response as CommandInput['response'], interaction: null }
  }
  return null
}

/** The commands in a file of ours, in a list of commands, or in a message of Discord; null if there are none. */
export function readImport(text: string, fileName: string): CommandInput[] | null {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return null
  }
  const name = triggerOf(fileName.replace(/\.\w+$/, '')) || 'imported'
  const lists = isObject(content) ? [content.commands, content.messages] : []
  const entries = Array.isArray(content) ? content : (lists.find(Array.isArray) ?? [content])
  const commands = entries.map((entry, index) => commandOf(entry, index === 0 ? name : `${name}-${index + 1}`))
  const found = commands.filter((command): command is CommandInput => command !== null)
  return found.length > 0 ? found : null
}

/** A trigger that no command of the list has. */
export function freeTrigger(trigger: string, taken: Iterable<string>): string {
  const used = new Set([...taken].map((word) => word.toLowerCase()))
  const has = (name: string) => used.has(name.toLowerCase())
  return has(trigger) ? freeName(trigger.slice(0, 60), { has }) : trigger
}

const isSummary = (command: CommandSummary | Command): command is CommandSummary => 'hasScript' in command

export function hasScript(command: CommandSummary | Command): boolean {
  return isSummary(command) ? command.hasScript || command.hasInteraction : Boolean(command.interaction)
}

/** The first words of a message. */
export function snippet(response: Guild['commands'][number]['response']): string {
  const embed = response.embeds?.[0]
  const text = response.content || embed?.title || embed?.description || embed?.author?.name || ''
  return text.replace(/\s+/g, ' ').slice(0, 160)
}
