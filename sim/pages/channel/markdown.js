// The part of Discord's Markdown that bots use, as elements.
import { element, link } from './dom.js'

/** What a text may hold, the longest markers first. Each rule makes an element of its match. */
const rules = [
  [/```(?:[\w+-]+\n)?\n?([\s\S]+?)\n?```/, ([, code]) => element('pre', {}, element('code', {}, code))],
  [/`([^`]+)`/, ([, code]) => element('code', {}, code)],
  [/\*\*([\s\S]+?)\*\*/, ([, text], names) => element('strong', {}, ...markdown(text, names))],
  [/__([\s\S]+?)__/, ([, text], names) => element('u', {}, ...markdown(text, names))],
  [/~~([\s\S]+?)~~/, ([, text], names) => element('s', {}, ...markdown(text, names))],
  [/\|\|([\s\S]+?)\|\|/, ([, text], names) => spoiler(markdown(text, names))],
  [/\*([^\s*][^*]*)\*/, ([, text], names) => element('em', {}, ...markdown(text, names))],
  [/\b_([^\s_][^_]*)_\b/, ([, text], names) => element('em', {}, ...markdown(text, names))],
  [/\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/, ([, text, url], names) => link(url, ...markdown(text, names))],
  [/https?:\/\/[^\s<>]+[^\s<>.,:;"')\]!?]/, ([url]) => link(url, url)],
  [/<@!?(\d+)>/, ([, id], names) => mention(`@${names.user(id)}`)],
  [/<@&(\d+)>/, ([, id], names) => mention(`@${names.role(id)}`)],
  [/<#(\d+)>/, ([, id], names) => mention(`#${names.channel(id)}`)],
  [/@(?:everyone|here)\b/, ([text]) => mention(text)],
]

const mention = (text) => element('span', { class: 'mention' }, text)

function spoiler(children) {
  const hidden = element('button', { type: 'button', class: 'spoiler', 'aria-label': 'Spoiler, show it' }, ...children)
  hidden.addEventListener('click', () => {
    hidden.classList.add('shown')
    hidden.removeAttribute('aria-label')
  })
  return hidden
}

/** The nodes that `text` becomes. `names` knows what users, roles and channels are called: `{user, role, channel}`. */
export function markdown(text, names) {
  let first
  for (const [pattern, make] of rules) {
    const match = pattern.exec(text)
    if (match && (!first || match.index < first.match.index)) first = { match, make }
  }
  if (!first) return [text]
  const { match, make } = first
  const rest = text.slice(match.index + match[0].length)
  return [text.slice(0, match.index), make(match, names), ...markdown(rest, names)]
}
