// What the buttons above a text do to it.

export interface Selection {
  text: string
  start: number
  end: number
}

/** Puts `mark` on both sides of what is selected, or takes it away where it is. */
export function toggleMark({ text, start, end }: Selection, mark: string): Selection {
  const size = mark.length
  const inside = text.slice(start, end)
  if (text.slice(start - size, start) === mark && text.startsWith(mark, end) && !isPartOfLonger(text, start, end, mark)) {
    return { text: text.slice(0, start - size) + inside + text.slice(end + size), start: start - size, end: end - size }
  }
  if (inside.length > 2 * size && inside.startsWith(mark) && inside.endsWith(mark)) {
    const bare = inside.slice(size, -size)
    return { text: text.slice(0, start) + bare + text.slice(end), start, end: start + bare.length }
  }
  return { text: text.slice(0, start) + mark + inside + mark + text.slice(end), start: start + size, end: end + size }
}

/** `*` beside a word in `**bold**` is no mark of its own. */
function isPartOfLonger(text: string, start: number, end: number, mark: string): boolean {
  if (mark.length > 1) return false
  const left = text[start - 2] === mark
  const right = text[end + 1] === mark
  return left && right && !(text[start - 3] === mark && text[end + 2] === mark)
}

/** Puts `prefix` before each line that is selected, or takes it away where all have it. */
export function toggleLines({ text, start, end }: Selection, prefix: string): Selection {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const newline = text.indexOf('\n', end)
  const to = newline === -1 ? text.length : newline
  const lines = text.slice(from, to).split('\n')
  const has = lines.every((line) => line.startsWith(prefix))
  const changed = lines.map((line) => (has ? line.slice(prefix.length) : prefix + line)).join('\n')
  return { text: text.slice(0, from) + changed + text.slice(to), start: from, end: from + changed.length }
}

/** Makes a link of what is selected, and selects where the address goes. */
export function insertLink({ text, start, end }: Selection, label: string): Selection {
  const inside = text.slice(start, end)
  const isUrl = /^https?:\/\/\S+$/.test(inside)
  const made = isUrl ? `[${label}](${inside})` : `[${inside || label}](https://)`
  const at = isUrl ? start + 1 : start + made.length - 9
  return { text: text.slice(0, start) + made + text.slice(end), start: at, end: isUrl ? at + label.length : at + 8 }
}

export function insertText({ text, start, end }: Selection, inserted: string): Selection {
  const at = start + inserted.length
  return { text: text.slice(0, start) + inserted + text.slice(end), start: at, end: at }
}
