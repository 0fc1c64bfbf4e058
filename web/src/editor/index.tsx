import { TextArea } from '../ui'
import type { FieldError, Message, Pickers } from './message'

export function MessageEditor({ value, onChange }: {
  value: Message
  onChange: (next: Message) => void
  errors: FieldError[]
  pickers: Pickers
}) {
  return <TextArea value={value.content ?? ''} aria-label="content" onInput={(content) => onChange({ ...value, content })} />
}

export function ScriptEditor({ value, onChange, label }: {
  value: string
  onChange: (next: string) => void
  error?: { message: string; line: number; column: number } | null
  dark: boolean
  label: string
}) {
  return <TextArea value={value} aria-label={label} rows={12} onInput={onChange} />
}
