// What a trial needs to know of a message: its components, and arguments as the bot reads them.
import { isSelect, type Button, type DiscordMessage, type SelectMenu } from '../preview/discord'

const straight = /^"([\s\S]*?)"(?=\s|$)/
/** Which of them opens and which closes depends on the language of the phone. */
const typographic = /^[“”„‟«»「」『』]([\s\S]*?)["“”„‟«»「」『』](?=\s|$)/

/**
 * Split at white space; text in double quotes, straight or typographic, is one argument. A quote without counterpart is text.
 */
export function splitArguments(text: string): string[] {
  const found: string[] = []
  for (let rest = text.trimStart(); rest !== ''; rest = rest.trimStart()) {
    const quoted = straight.exec(rest) ?? typographic.exec(rest)
    const taken = quoted?.[0] ?? /^\S+/.exec(rest)?.[0] ?? rest
    found.push(quoted?.[1] ?? taken)
    rest = rest.slice(taken.length)
  }
  return found
}

/** Buttons and menus that run a script. */
export function usableComponents(message: DiscordMessage): (Button | SelectMenu)[] {
  const found: (Button | SelectMenu)[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (typeof value !== 'object' || value === null) return
    const component = value as Button | SelectMenu
    if ((component.type === 2 || isSelect(component)) && component.custom_id) found.push(component)
    else for (const inner of Object.values(value)) if (typeof inner === 'object') visit(inner)
  }
  visit(message.components ?? [])
  return found
}
