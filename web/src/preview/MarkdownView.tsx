// Discord's Markdown as nodes of the page. Texts stay texts: nothing of a message is ever read as HTML.
import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { formatWith, kept, t, timeUnits } from '../i18n'
import { memo } from '../memo'
import { useFill, usePreview, type PreviewContext } from './context'
import { isOnlyEmoji, parseMarkdown, type MarkdownNode } from './markdown'

/** `blocks: false` for places where Discord knows no headings, lists and quotes. */
export const Markdown = memo(function Markdown({ text, blocks = true, jumbo = false }: {
  text: string
  blocks?: boolean
  /** Whether emoji alone are larger, as in the content of a message. */
  jumbo?: boolean
}) {
  const filled = useFill()(text)
  const nodes = useMemo(() => parseMarkdown(filled, { blocks }), [filled, blocks])
  return <span class={jumbo && isOnlyEmoji(nodes) ? 'pv-md jumbo' : 'pv-md'}><Nodes of={nodes} /></span>
})

function Nodes({ of }: { of: MarkdownNode[] }): ComponentChildren {
  return of.map((node, index) => <Node key={index} of={node} />)
}

function Node({ of }: { of: MarkdownNode }): ComponentChildren {
  switch (of.type) {
    case 'text': return of.text
    case 'strong': return <strong><Nodes of={of.children} /></strong>
    case 'em': return <em><Nodes of={of.children} /></em>
    case 'u': return <u><Nodes of={of.children} /></u>
    case 's': return <s><Nodes of={of.children} /></s>
    case 'spoiler': return <Spoiler><Nodes of={of.children} /></Spoiler>
    case 'quote': return <span class="pv-quote"><Nodes of={of.children} /></span>
    case 'subtext': return <small class="pv-subtext"><Nodes of={of.children} /></small>
    // Not h1 to h3: a message's headings are none of the page's.
    case 'heading': return <span class={`pv-heading h${of.level}`}><Nodes of={of.children} /></span>
    case 'list': return <List of={of} />
    case 'code': return <code class="pv-code">{of.text}</code>
    case 'codeBlock': return <code class="pv-code-block" data-language={of.language || undefined}>{of.text}</code>
    case 'link': return <SafeLink href={of.href} title={of.title}><Nodes of={of.children} /></SafeLink>
    case 'customEmoji': return <CustomEmoji id={of.id} name={of.name} animated={of.animated} />
    case 'emoji': return <span class="pv-emoji">{of.text}</span>
    case 'time': return <Time seconds={of.seconds} style={of.style} />
    case 'placeholder': return <span class="pv-placeholder" title={t('preview.placeholder')}>{placeholderName(of.name)}</span>
    default: return <Mention of={of} />
  }
}

const placeholderName = (name: string) => (/^\d/.test(name) ? t('preview.argument', { number: name }) : name)

type MentionNode = Extract<MarkdownNode, { type: 'user' | 'role' | 'channel' | 'everyone' | 'command' | 'navigation' }>

const Mention = ({ of }: { of: MentionNode }) => <span class="pv-mention">{mentionText(of, usePreview())}</span>

function mentionText(of: MentionNode, { names, values }: PreviewContext): string {
  switch (of.type) {
    case 'user': return `@${names.users[of.id] ?? (values.user?.id === of.id ? values.user.name : t('preview.unknownUser'))}`
    case 'role': return `@${names.roles[of.id] ?? t('preview.unknownRole')}`
    case 'channel': return `#${names.channels[of.id] ?? t('preview.unknownChannel')}`
    case 'everyone': return `@${of.name}`
    case 'command': return `/${of.name}`
    case 'navigation': return placeName(of.place)
  }
}

function placeName(place: string): string {
  switch (place) {
    case 'browse': return t('preview.place.browse')
    case 'guide': return t('preview.place.guide')
    case 'linked-roles': return t('preview.place.roles')
    default: return t('preview.place.customize')
  }
}

function List({ of }: { of: Extract<MarkdownNode, { type: 'list' }> }) {
  const items = of.items.map((item, index) => <li key={index}><Nodes of={item} /></li>)
  return of.ordered ? <ol class="pv-list" start={of.start}>{items}</ol> : <ul class="pv-list">{items}</ul>
}

/** `href` comes from safeUrl. */
export function SafeLink({ href, title, class: name, children }: {
  href: string
  title?: string
  class?: string
  children: ComponentChildren
}) {
  return (
    <a class={name ?? 'pv-link'} href={href} title={title || undefined} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}

export function Spoiler({ children, block }: { children: ComponentChildren; block?: boolean }) {
  const [shown, setShown] = useState(false)
  if (shown) return <span class={`pv-spoiler shown${block ? ' block' : ''}`}>{children}</span>
  const show = () => setShown(true)
  return (
    <span
      class={`pv-spoiler${block ? ' block' : ''}`} role="button" tabIndex={0} aria-label={t('preview.spoiler')} onClick={show}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        show()
      }}
    >
      {/* What is hidden can neither be reached nor read out. */}
      <span aria-hidden="true" inert>{children}</span>
    </span>
  )
}

/** An emoji of a server; its name where the picture cannot be had. */
export function CustomEmoji({ id, name, animated }: { id: string; name: string; animated: boolean }) {
  const [broken, setBroken] = useState(false)
  if (broken) return <span class="pv-emoji-name">:{name}:</span>
  return (
    <img
      class="pv-emoji-picture" alt={`:${name}:`} title={`:${name}:`} loading="lazy" draggable={false}
      src={`https://cdn.discordapp.com/emojis/${id}.${animated ? 'gif' : 'webp'}?size=48`} onError={() => setBroken(true)}
    />
  )
}

const timeStyles: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
}

/** Discord counts no weeks. */
const units = timeUnits.filter(([unit]) => unit !== 'week')

function formatMoment(seconds: number, style: string, now: number): string {
  const options = timeStyles[style]
  if (options) return formatWith(`markdown ${style}`, options, seconds * 1000)
  const away = seconds - Math.floor(now / 1000)
  const [unit, size] = units.find(([, size]) => Math.abs(away) >= size) ?? ['second', 1]
  return kept('markdown', (language) => new Intl.RelativeTimeFormat(language)).format(Math.trunc(away / size), unit)
}

function Time({ seconds, style }: { seconds: number; style: string }) {
  const { now } = usePreview()
  return (
    <time class="pv-time" dateTime={new Date(seconds * 1000).toISOString()} title={formatMoment(seconds, 'F', now)}>
      {formatMoment(seconds, style, now)}
    </time>
  )
}
