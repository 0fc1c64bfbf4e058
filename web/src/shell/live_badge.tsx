import { t } from '../i18n'
import { connection, watching } from '../live'
import { Badge } from '../ui'

/** Whether a server's events come as they happen. */
export function LiveBadge({ guildId }: { guildId: string }) {
  if (connection.value === 'on' && watching.value.has(guildId)) return <Badge tone="success">{t('live.on')}</Badge>
  return <Badge>{connection.value === 'off' ? t('live.off') : t('live.connecting')}</Badge>
}
