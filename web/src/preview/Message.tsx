// A message as Discord shows it.
import { useMemo } from 'preact/hooks'
import { t } from '../i18n'
import { Icon } from '../ui'
import { noNames, pictureUrl, Preview, type Names, type PreviewContext } from './context'
import { Attachments, Components } from './components'
import { componentsV2Flag, ephemeralFlag, type DiscordMessage } from './discord'
import { Embed, momentOf } from './Embed'
import { PreviewIcons } from './icons'
import { Markdown } from './MarkdownView'
import type { PlaceholderValues } from './placeholders'

export interface Bot {
  name: string
  avatar: string | null
}

interface MessageViewProps {
  message: DiscordMessage
  bot: Bot
  /** Discord's dark or light look, whatever the page's is. */
  dark: boolean
  names?: Names
  /** What placeholders are replaced by; those without a value are shown as such. */
  values?: PlaceholderValues
  onUse?: PreviewContext['onUse']
  /** Milliseconds. */
  now?: number
}

const noValues: PlaceholderValues = {}

export function MessageView({ message, bot, dark, names = noNames, values = noValues, onUse, now }: MessageViewProps) {
  const minute = Math.floor((now ?? Date.now()) / 60_000) * 60_000
  const context = useMemo(() => ({ names, values, onUse, now: now ?? minute }), [names, values, onUse, now ?? minute])
  const flags = message.flags ?? 0
  const isV2 = (flags & componentsV2Flag) !== 0
  const { content, embeds = [], components = [], attachments = [] } = message
  return (
    <Preview.Provider value={context}>
      <div class="pv-message" data-discord={dark ? 'dark' : 'light'}>
        <BotAvatar bot={bot} />
        <div class="pv-body">
          <p class="pv-head">
            <span class="pv-author">{bot.name}</span>
            <span class="pv-app">{t('preview.app')}</span>
            <span class="pv-when">{momentOf(minute, minute)}</span>
          </p>
          {!isV2 && content && <div class="pv-content"><Markdown text={content} jumbo /></div>}
          {!isV2 && <Attachments of={attachments} />}
          {!isV2 && embeds.map((embed, index) => <Embed key={index} embed={embed} now={minute} />)}
          <Components of={components} />
          {(flags & ephemeralFlag) !== 0 && (
            <p class="pv-ephemeral">
              <Icon of={PreviewIcons.Eye} size={14} /> {t('preview.ephemeral')}
            </p>
          )}
        </div>
      </div>
    </Preview.Provider>
  )
}

function BotAvatar({ bot }: { bot: Bot }) {
  const src = bot.avatar ? pictureUrl(bot.avatar).src : undefined
  if (src) return <img class="pv-avatar" src={src} alt="" width={40} height={40} />
  return <span class="pv-avatar letters" aria-hidden="true">{Array.from(bot.name)[0]?.toUpperCase()}</span>
}
