import { signal } from '@preact/signals'
import { shortcuts } from '../keys'
import { t } from '../i18n'
import { Dialog, Key } from '../ui'

export const helpOpen = signal(false)

const modifier = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'

function shown(keys: string): string[] {
  if (keys.startsWith('mod+')) return [modifier, keys.slice(4).replace('enter', '↵').toUpperCase()]
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
