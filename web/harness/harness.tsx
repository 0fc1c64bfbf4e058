// The editor and the preview without a server, to look at and to test: ?show=editor|preview|script|try&sample=...&theme=dark
import { render } from 'preact'
import { useState } from 'preact/hooks'
import '../src/main.css'
import './harness.css'
import { chooseLanguage } from '../src/i18n'
import type { FieldError, Message } from '../src/editor/message'
import { MessageEditor } from '../src/editor/MessageEditor'
import { ScriptEditor } from '../src/editor/ScriptEditor'
import { TryIt } from '../src/editor/TryIt'
import { readMessage } from '../src/preview/discord'
import { MessageView } from '../src/preview/Message'
import { Toasts } from '../src/ui'
import { chooseTheme, theme } from '../src/theme'
import { fakeRun, samples, script } from './samples'

const query = new URLSearchParams(location.search)
const bot = { name: 'guildhall', avatar: null }
const names = { channels: { '4': 'general' }, roles: { '3': 'Moderators' }, users: { '1': 'Grace' } }
const pickers = {
  channels: [{ id: '4', name: 'general' }],
  roles: [{ id: '3', name: 'Moderators' }, { id: '5', name: 'Members' }],
  emojis: [{ id: '111111111111111111', name: 'party', animated: false }],
}
const sample = (samples[query.get('sample') ?? 'full'] ?? {}) as Message

declare global {
  interface Window {
    harness: { value: unknown; setValue: (next: Message) => void; setErrors: (next: FieldError[]) => void }
  }
}

/** An owner that answers late, as one that has much to render. */
const later = <T,>(set: (next: T) => void) => (query.has('slow') ? (next: T) => void setTimeout(() => set(next), 60) : set)

function Editor() {
  const [value, setValue] = useState<Message>(sample)
  const [errors, setErrors] = useState<FieldError[]>([])
  window.harness = { value, setValue, setErrors }
  return <MessageEditor value={value} onChange={later(setValue)} errors={errors} pickers={pickers} preview={{ bot, names }} />
}

function Script() {
  const [value, setValue] = useState(script)
  const error = query.has('error') ? { message: "Unexpected token '}'", line: 4, column: 12 } : null
  window.harness = { value, setValue: (next) => setValue(String(next)), setErrors: () => {} }
  return <ScriptEditor value={value} onChange={later(setValue)} error={error} dark={theme.value === 'dark'} label="Script" />
}

const previews = () => (
  <div class="ui-stack">
    {Object.values(samples).slice(1, -1).map((message, index) => (
      <MessageView key={index} message={readMessage(message)} bot={bot} names={names} dark={theme.value === 'dark'} />
    ))}
  </div>
)

const shows: Record<string, () => preact.JSX.Element> = {
  editor: () => <Editor />,
  script: () => <Script />,
  preview: previews,
  try: () => <TryIt message={sample} run={fakeRun} preview={{ bot, names }} hasScript />,
}

chooseTheme(query.get('theme') === 'dark' ? 'dark' : 'light')
await chooseLanguage(query.get('language') === 'de' ? 'de' : 'en', false)
const Shown = shows[query.get('show') ?? 'editor'] ?? previews
render(
  <main class="harness">
    <h1 class="ui-sr">Harness</h1>
    <Shown />
    <Toasts />
  </main>,
  document.body,
)
