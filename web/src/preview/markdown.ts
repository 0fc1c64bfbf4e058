// Discord's Markdown as a tree. The rules follow Discord's client: which marker closes which, what ends a list, that a
// quote holds no quote. Nothing here touches the page.

export type MarkdownNode =
  | { type: 'text'; text: string }
  | { type: 'strong' | 'em' | 'u' | 's' | 'spoiler' | 'quote' | 'subtext'; children: MarkdownNode[] }
  | { type: 'heading'; level: 1 | 2 | 3; children: MarkdownNode[] }
  | { type: 'list'; ordered: boolean; start: number; items: MarkdownNode[][] }
  | { type: 'code'; text: string }
  | { type: 'codeBlock'; language: string; text: string }
  | { type: 'link'; href: string; title: string; children: MarkdownNode[] }
  | { type: 'user' | 'role' | 'channel'; id: string }
  | { type: 'everyone'; name: 'everyone' | 'here' }
  | { type: 'command'; id: string; name: string }
  | { type: 'navigation'; place: string }
  | { type: 'customEmoji'; id: string; name: string; animated: boolean }
  | { type: 'emoji'; text: string }
  | { type: 'time'; seconds: number; style: string }
  | { type: 'placeholder'; name: string }

interface Context {
  /** Whether headings, lists and quotes may begin here. */
  blocks: boolean
  inQuote: boolean
  inLink: boolean
  listDepth: number
  depth: number
}

/** What begins at a place: a node, or characters that are only text. */
interface Found {
  node?: MarkdownNode
  text?: string
  end: number
}

const maxDepth = 24
const maxListDepth = 11
/** The `Date` of ECMAScript ends here. */
const maxSeconds = 8_640_000_000_000
const shrug = '¯\\_(ツ)_/¯'

const joined = '(?:\\p{Emoji_Presentation}|\\p{Extended_Pictographic})(?:\\uFE0F|\\p{Emoji_Modifier})?'
const emoji =
  '\\p{Regional_Indicator}{2}|[#*0-9]\\uFE0F?\\u20E3|' +
  '(?:\\p{Emoji_Presentation}|\\p{Extended_Pictographic}(?=\\uFE0F|\\p{Emoji_Modifier}))(?:\\uFE0F|\\p{Emoji_Modifier})?' +
  `(?:[\\u{E0020}-\\u{E007F}]+|(?:\\u200D${joined})*)`
/** Where something other than text may begin. */
const special = new RegExp(`[\\\\*_~|\`<[@$\\n¯]|https?://|${emoji}`, 'gu')
const emojiHere = new RegExp(emoji, 'uy')
const urlHere = /https?:\/\/(?:[^\s<\]]|\](?!\())*[^<.,:;"'\])\s]\)?/y
const angleHere = new RegExp(
  '<(?:@!?(?<user>\\d{1,20})|@&(?<role>\\d{1,20})|#(?<channel>\\d{1,20})' +
    '|(?<animated>a?):(?<emoji>\\w{1,64}):(?<emojiId>\\d{1,20})' +
    '|/(?<command>[^\\n:<>]{1,100}):(?<commandId>\\d{1,20})' +
    '|id:(?<place>customize|browse|guide|linked-roles)(?::\\d{1,20})?' +
    '|t:(?<seconds>-?\\d{1,17})(?::(?<style>[tTdDfFRsS]))?' +
    '|(?<url>[A-Za-z][^: >\\n]*:/[^ >\\n]+))>',
  'y',
)
const placeholderHere = /\$\{([1-9]\d*|user(?:\.(?:name|id|avatar))?)\}/y
const fenceHere = /```(?:([a-z0-9_+\-.#]+)\n)?/iy
const headingHere = / *(#{1,3})[^\S\n]+(\S[^\n]*)(?:\n|$)/y
const subtextHere = /-# +(\S[^\n]*)(?:\n|$)/y
const wholeQuoteHere = / *>>> /y
const quoteLine = /^ *> (.*)$/
const bullet = /^( *)([*-]|\d{1,9}\.) +(\S.*)$/

/** The address in normal form, if it is one that a message may lead to. */
export function safeUrl(text: string): string | undefined {
  try {
    const url = new URL(text)
    return ['http:', 'https:', 'discord:'].includes(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}

/** `blocks: false` is for the places where Discord knows no headings, lists and quotes, such as an embed's title. */
export function parseMarkdown(text: string, { blocks = true } = {}): MarkdownNode[] {
  return new Parser(text.length).parse(text, { blocks, inQuote: false, inLink: false, listDepth: 0, depth: 0 })
}

/** Whether it is nothing but emoji, which Discord shows larger. */
export function isOnlyEmoji(nodes: MarkdownNode[]): boolean {
  let count = 0
  for (const node of nodes) {
    if (node.type === 'emoji' || node.type === 'customEmoji') count += 1
    else if (node.type !== 'text' || node.text.trim() !== '') return false
  }
  return count > 0 && count <= 30
}

class Parser {
  /** Steps that may still be taken in search of closing markers. Afterwards markers are text, so that time is bounded. */
  private budget: number

  constructor(length: number) {
    this.budget = 20_000 + 10 * length
  }

  parse(text: string, context: Context): MarkdownNode[] {
    const nodes: MarkdownNode[] = []
    /** Markers that have no counterpart in the rest of the text. */
    const missing = new Set<string>()
    let plain = ''
    let at = 0
    while (at < text.length) {
      const lineStart = at === 0 || text[at - 1] === '\n'
      const block = lineStart && context.blocks ? this.block(text, at, context) : undefined
      const found = block ?? this.inline(text, at, context, missing)
      if (found?.node) {
        if (block && plain.endsWith('\n')) plain = plain.slice(0, -1)
        if (plain !== '') nodes.push({ type: 'text', text: plain })
        plain = ''
        nodes.push(found.node)
        at = found.end
        continue
      }
      const from = at
      if (found) {
        plain += found.text
        at = found.end
      } else {
        special.lastIndex = at + codePointLength(text, at)
        at = special.exec(text)?.index ?? text.length
        // A candidate is looked at again where a line begins, because blocks have no marker of their own.
        const line = text.indexOf('\n', from) + 1
        if (line > 0 && line < at) at = line
        plain += text.slice(from, at)
      }
    }
    if (plain !== '') nodes.push({ type: 'text', text: plain })
    return nodes
  }

  private nested(text: string, context: Context, change: Partial<Context> = {}): MarkdownNode[] {
    if (context.depth >= maxDepth) return text === '' ? [] : [{ type: 'text', text }]
    return this.parse(text, { ...context, ...change, depth: context.depth + 1 })
  }

  // Blocks

  private block(text: string, at: number, context: Context): Found | undefined {
    return this.quote(text, at, context) ?? this.heading(text, at, context) ?? this.list(text, at, context)
  }

  private quote(text: string, at: number, context: Context): Found | undefined {
    if (context.inQuote) return undefined
    const whole = match(wholeQuoteHere, text, at)
    if (whole) {
      const children = this.nested(text.slice(at + whole[0].length), context, { inQuote: true })
      return { node: { type: 'quote', children }, end: text.length }
    }
    const lines: string[] = []
    const end = eachLine(text, at, (line) => {
      const quoted = quoteLine.exec(line)
      if (quoted) lines.push(quoted[1] ?? '')
      return quoted !== null
    })
    if (lines.length === 0) return undefined
    return { node: { type: 'quote', children: this.nested(lines.join('\n'), context, { inQuote: true }) }, end }
  }

  private heading(text: string, at: number, context: Context): Found | undefined {
    const heading = match(headingHere, text, at)
    if (heading) {
      const [whole, marks = '', title = ''] = heading
      const children = this.nested(title.replace(/[#\s]+$/, ''), context, { blocks: false })
      if (children.length === 0) return undefined
      return { node: { type: 'heading', level: marks.length as 1 | 2 | 3, children }, end: at + whole.length }
    }
    const subtext = match(subtextHere, text, at)
    if (!subtext) return undefined
    const children = this.nested((subtext[1] ?? '').trimEnd(), context, { blocks: false })
    return { node: { type: 'subtext', children }, end: at + subtext[0].length }
  }

  private list(text: string, at: number, context: Context): Found | undefined {
    if (context.listDepth >= maxListDepth) return undefined
    const lines: string[] = []
    const end = eachLine(text, at, (line) => {
      const belongs = bullet.test(line) || (lines.length > 0 && /^ {2,}\S/.test(line))
      if (belongs) lines.push(line)
      return belongs
    })
    return lines.length === 0 ? undefined : { node: this.items(lines, context), end }
  }

  /** A list of lines of which the first is an item; lines that are further in belong to the item above them. */
  private items(lines: string[], context: Context): MarkdownNode {
    const [, indent = '', mark = ''] = bullet.exec(lines[0] ?? '') ?? []
    const ordered = mark.endsWith('.')
    const items: string[][] = []
    for (const line of lines) {
      const item = bullet.exec(line)
      if (item && (item[1] ?? '').length <= indent.length) items.push([item[3] ?? ''])
      else items.at(-1)?.push(item ? line : line.trimStart())
    }
    const inside = { listDepth: context.listDepth + 1, blocks: true }
    return {
      type: 'list',
      ordered,
      start: ordered ? Number.parseInt(mark, 10) : 1,
      items: items.map((item) => this.nested(item.join('\n'), context, inside)),
    }
  }

  // Inside a line

  private inline(text: string, at: number, context: Context, missing: Set<string>): Found | undefined {
    switch (text[at]) {
      case '\\': return escaped(text, at)
      case '*':
      case '_': return this.emphasis(text, at, context, missing)
      case '~': return this.enclosed(text, at, '~~', 's', context, missing)
      case '|': return this.enclosed(text, at, '||', 'spoiler', context, missing)
      case '`': return codeBlock(text, at, missing) ?? code(text, at, missing)
      case '<': return angle(text, at, context)
      case '[': return context.inLink ? undefined : this.maskedLink(text, at, context, missing)
      case '@': return everyone(text, at)
      case '$': return placeholder(text, at)
      case 'h': return context.inLink ? undefined : bareUrl(text, at)
      case '¯': return text.startsWith(shrug, at) ? { text: shrug, end: at + shrug.length } : undefined
    }
    const found = match(emojiHere, text, at)
    return found ? { node: { type: 'emoji', text: found[0] }, end: at + found[0].length } : undefined
  }

  /** The longest of `*em*` and `**strong**`, or of `_em_` and `__underlined__`. */
  private emphasis(text: string, at: number, context: Context, missing: Set<string>): Found | undefined {
    const mark = text[at] === '*' ? '*' : '_'
    const double = mark + mark
    const line = lineOfMarks(text, at, missing)
    if (line) return line
    const one = mark === '*' ? this.closingStar(text, at) : this.closingUnderscore(text, at)
    const two = text.startsWith(double, at) ? this.closing(text, at, double, missing, mark) : undefined
    if (one !== undefined && (two === undefined || one + 1 >= two + 2)) {
      const children = this.nested(text.slice(at + 1, one), context, { blocks: false })
      return { node: { type: 'em', children }, end: one + 1 }
    }
    if (two === undefined) return undefined
    const children = this.nested(text.slice(at + 2, two), context, { blocks: false })
    return { node: { type: mark === '*' ? 'strong' : 'u', children }, end: two + 2 }
  }

  private enclosed(
    text: string, at: number, mark: string, type: 's' | 'spoiler', context: Context, missing: Set<string>,
  ): Found | undefined {
    if (!text.startsWith(mark, at)) return undefined
    const close = this.closing(text, at, mark, missing)
    if (close === undefined) return undefined
    const children = this.nested(text.slice(at + 2, close), context, { blocks: false })
    return { node: { type, children }, end: close + 2 }
  }

  /** Where the next `mark` is that is not followed by `not`, with something between. */
  private closing(text: string, at: number, mark: string, missing: Set<string>, not = ''): number | undefined {
    if (missing.has(mark)) return undefined
    for (let i = at + mark.length; i < text.length && --this.budget > 0; ++i) {
      if (text[i] === '\\') ++i
      else if (i > at + mark.length && text.startsWith(mark, i) && (not === '' || text[i + mark.length] !== not)) return i
    }
    missing.add(mark)
    return undefined
  }

  /** Pairs of stars may be inside; white space may not be beside the markers. */
  private closingStar(text: string, at: number): number | undefined {
    if (at + 1 >= text.length || /\s/.test(text.charAt(at + 1))) return undefined
    for (let i = at + 1; i < text.length && --this.budget > 0; ++i) {
      if (text[i] === '\\') ++i
      else if (text[i] === '*') {
        if (text[i + 1] !== '*') return i === at + 1 || /\s/.test(text.charAt(i - 1)) ? undefined : i
        ++i
      }
    }
    return undefined
  }

  private closingUnderscore(text: string, at: number): number | undefined {
    if (at > 0 && /\w/.test(text.charAt(at - 1))) return undefined
    for (let i = at + 1; i < text.length && --this.budget > 0; ++i) {
      if (text[i] === '\\') ++i
      else if (text[i] === '_') {
        if (i > at + 1 && !/\w/.test(text.charAt(i + 1))) return i
        if (text[i + 1] !== '_') return undefined
        ++i
      }
    }
    return undefined
  }

  /** `[text](address "title")`. Text that is an address itself could mislead, so that Discord shows it as it is. */
  private maskedLink(text: string, at: number, context: Context, missing: Set<string>): Found | undefined {
    if (missing.has('](')) return undefined
    if (!text.includes('](', at)) {
      missing.add('](')
      return undefined
    }
    let open = 0
    let close = at
    for (; close < text.length && --this.budget > 0; ++close) {
      if (text[close] === '\\') ++close
      else if (text[close] === '[') ++open
      else if (text[close] === ']' && --open === 0) break
    }
    const label = text.slice(at + 1, close)
    if (text[close] !== ']' || text[close + 1] !== '(' || label.trim() === '' || /https?:\/\//.test(label)) return undefined
    const target = this.linkTarget(text, close + 2)
    const href = target && safeUrl(target.address)
    if (!target || href === undefined) return undefined
    const children = this.nested(label, context, { blocks: false, inLink: true })
    return { node: { type: 'link', href, title: target.title, children }, end: target.end }
  }

  private linkTarget(text: string, at: number): { address: string; title: string; end: number } | undefined {
    let open = 1
    let i = at
    while (i < text.length && !/\s/.test(text.charAt(i)) && --this.budget > 0) {
      if (text[i] === '(') ++open
      if (text[i] === ')' && --open === 0) break
      ++i
    }
    const address = text.slice(at, i).replace(/^<(.*)>$/, '$1')
    if (text[i] === ')') return { address, title: '', end: i + 1 }
    const titled = match(/ +(?:"([^"\n]*)"|'([^'\n]*)')\)/y, text, i)
    return titled ? { address, title: titled[1] ?? titled[2] ?? '', end: i + titled[0].length } : undefined
  }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const codePointLength = (text: string, at: number) => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)

/** Calls `take` for the lines from `at` until it returns false. Returns where the first line begins that it did not take. */
function eachLine(text: string, at: number, take: (line: string) => boolean): number {
  let from = at
  while (from < text.length) {
    const newline = text.indexOf('\n', from)
    const end = newline === -1 ? text.length : newline
    if (!take(text.slice(from, end))) break
    from = newline === -1 ? end : end + 1
  }
  return from
}

/** Four or more stars or underscores that no such row follows: a line that somebody has drawn. */
function lineOfMarks(text: string, at: number, missing: Set<string>): Found | undefined {
  let end = at
  while (text[end] === text[at]) ++end
  const row = text.slice(at, end)
  if (row.length < 4 || (!missing.has(row) && text.includes(row, end))) return undefined
  missing.add(row)
  return { text: row, end }
}

function escaped(text: string, at: number): Found | undefined {
  const length = codePointLength(text, at + 1)
  const character = text.slice(at + 1, at + 1 + length)
  return character === '' || /[0-9A-Za-z\s]/.test(character) ? undefined : { text: character, end: at + 1 + length }
}

function codeBlock(text: string, at: number, missing: Set<string>): Found | undefined {
  const fence = match(fenceHere, text, at)
  if (!fence || missing.has('```')) return undefined
  const lastClose = text.indexOf('```', at + 4)
  if (lastClose === -1) {
    missing.add('```')
    return undefined
  }
  // A first line that is all there is in the block is its text, not its language.
  for (const [language, from] of [[fence[1] ?? '', at + fence[0].length], ['', at + 3]] as const) {
    const close = text.indexOf('```', from)
    const content = close === -1 ? '' : text.slice(from, close).replace(/^\n+|\n+$/g, '')
    if (content === '') continue
    const end = close + 3
    return { node: { type: 'codeBlock', language, text: content }, end: text[end] === '\n' ? end + 1 : end }
  }
  return undefined
}

function code(text: string, at: number, missing: Set<string>): Found | undefined {
  let marks = 1
  while (text[at + marks] === '`') ++marks
  const mark = '`'.repeat(marks)
  if (missing.has(mark)) return { text: mark, end: at + marks }
  for (let i = text.indexOf(mark, at + marks); i !== -1; ) {
    let run = 0
    while (text[i + run] === '`') ++run
    if (run === marks) {
      const content = text.slice(at + marks, i).replace(/^ (?= *`)|(` *) $/g, '$1')
      return { node: { type: 'code', text: content }, end: i + marks }
    }
    i = text.indexOf(mark, i + run)
  }
  missing.add(mark)
  return { text: mark, end: at + marks }
}

function angle(text: string, at: number, context: Context): Found | undefined {
  const found = match(angleHere, text, at)
  const groups = found?.groups
  if (!found || !groups) return undefined
  const node = angleNode(groups, context)
  return node && { node, end: at + found[0].length }
}

function angleNode(groups: Record<string, string | undefined>, context: Context): MarkdownNode | undefined {
  for (const type of ['user', 'role', 'channel'] as const) {
    const id = groups[type]
    if (id !== undefined) return { type, id }
  }
  const { emoji: name, emojiId, animated, command, commandId, place, seconds, style = 'f', url } = groups
  if (emojiId && name) return { type: 'customEmoji', id: emojiId, name, animated: animated === 'a' }
  if (commandId && command) return { type: 'command', id: commandId, name: command }
  if (place) return { type: 'navigation', place }
  if (seconds) return Math.abs(Number(seconds)) > maxSeconds ? undefined : { type: 'time', seconds: Number(seconds), style }
  const href = url && !context.inLink ? safeUrl(url) : undefined
  return href && url ? { type: 'link', href, title: '', children: [{ type: 'text', text: url }] } : undefined
}

function everyone(text: string, at: number): Found | undefined {
  for (const name of ['everyone', 'here'] as const) {
    if (text.startsWith(`@${name}`, at)) return { node: { type: 'everyone', name }, end: at + 1 + name.length }
  }
  return undefined
}

function placeholder(text: string, at: number): Found | undefined {
  const found = match(placeholderHere, text, at)
  return found ? { node: { type: 'placeholder', name: found[1] ?? '' }, end: at + found[0].length } : undefined
}

/** An address in the text. Brackets at its end belong to it if they were opened in it. */
function bareUrl(text: string, at: number): Found | undefined {
  const found = match(urlHere, text, at)
  if (!found) return undefined
  let address = found[0]
  while (address.endsWith(')') && address.split(')').length > address.split('(').length) address = address.slice(0, -1)
  const href = safeUrl(address)
  return href ? { node: { type: 'link', href, title: '', children: [{ type: 'text', text: address }] }, end: at + address.length } : undefined
}
