import { signal } from '@preact/signals'
import { modifierName, shortcuts } from '../keys'
import { t } from '../i18n'
import { Dialog, Key } from '../ui'

export const helpOpen = signal(false)

function shown(keys: string): string[] {
  if (keys.startsWith('mod+')) return [modifierName(), keys.slice(4).toUpperCase()]
  return keys.split(' ')
}

/** The keys that act on this page. */
export function KeysHelp() {
  return (
    <Dialog open={helpOpen.value} onClose={() => (helpOpen.value = false)} title={t('keys.title')}>
      <dl class="sh-keys">
        {shortcuts().map(({ keys, label }) => (
          <div key={keys}>
            <dt>{label}</dt>
            <dd>{shown(keys).map((key) => <Key key={key}>{key}</Key>)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
