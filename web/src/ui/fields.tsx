// What people type into and choose from.
import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from './basic'
import { Icons } from './icons'
import { t } from '../i18n'

interface FieldProps {
  label: string
  hint?: ComponentChildren
  /** What the server or the form finds wrong with it. */
  error?: string | null | undefined
  counter?: { used: number; max: number }
  /** The JSON pointer by which an error of the server finds this field. */
  pointer?: string
  children: (id: string, describedBy: string | undefined, invalid: boolean) => ComponentChildren
}

/** A label with an input, and what is to be said about it. */
export function Field({ label, hint, error, counter, pointer, children }: FieldProps) {
  const id = useId()
  const describedBy = error ? `${id}-error` : hint ? `${id}-hint` : undefined
  const over = counter !== undefined && counter.used > counter.max
  return (
    <div class="ui-field" data-pointer={pointer}>
      <div class="ui-field-head">
        <label for={id}>{label}</label>
        {counter && (
          <span class={over ? 'ui-counter over' : 'ui-counter'}>
            {counter.used}/{counter.max}
          </span>
        )}
      </div>
      {children(id, describedBy, Boolean(error) || over)}
      {error ? (
        <p class="ui-field-error" id={`${id}-error`}>
          <Icon of={Icons.Warning} size={14} /> {error}
        </p>
      ) : (
        hint && <p class="ui-hint" id={`${id}-hint`}>{hint}</p>
      )}
    </div>
  )
}

type InputAttributes = Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'onInput' | 'value'>

export function TextInput({ onInput, ...rest }: InputAttributes & { value: string; onInput: (text: string) => void }) {
  return <input type="text" class="ui-input" {...rest} onInput={(event) => onInput(event.currentTarget.value)} />
}

type AreaAttributes = Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, 'onInput' | 'value'>

export function TextArea({ onInput, ...rest }: AreaAttributes & { value: string; onInput: (text: string) => void }) {
  return <textarea class="ui-input" {...rest} onInput={(event) => onInput(event.currentTarget.value)} />
}

export interface Option {
  value: string
  label: string
}

type SelectAttributes = Omit<JSX.SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value'>

export function Select({
  options, onChange, ...rest
}: SelectAttributes & { value: string; options: Option[]; onChange: (value: string) => void }) {
  return (
    <span class="ui-select">
      <select {...rest} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
      </select>
      <Icon of={Icons.ChevronDown} size={14} />
    </span>
  )
}

interface ToggleProps {
  checked: boolean
  onChange: (checked: boolean) => void
  label: ComponentChildren
  disabled?: boolean
  /** The label is read, not shown. */
  hidden?: boolean
}

const labelOf = ({ label, hidden }: ToggleProps) => <span class={hidden ? 'ui-sr' : undefined}>{label}</span>

export function Switch(props: ToggleProps) {
  return (
    <label class="ui-switch">
      <input
        type="checkbox" role="switch" checked={props.checked} disabled={props.disabled}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {labelOf(props)}
    </label>
  )
}

export function Checkbox({ indeterminate, ...props }: ToggleProps & { indeterminate?: boolean }) {
  return (
    <label class="ui-checkbox">
      <input
        type="checkbox" checked={props.checked} disabled={props.disabled}
        ref={(input) => {
          if (input) input.indeterminate = Boolean(indeterminate)
        }}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {labelOf(props)}
    </label>
  )
}

/** A search field. `/` on the keyboard leads to it. */
export function SearchInput({ value, onInput, label }: { value: string; onInput: (text: string) => void; label: string }) {
  return (
    <span class="ui-search">
      <Icon of={Icons.Search} />
      <input
        type="search" class="ui-input" value={value} placeholder={label} aria-label={label} data-search
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          if (value) onInput('')
          else event.currentTarget.blur()
        }}
      />
      {!value && <kbd class="ui-key" title={t('keys.search')}>/</kbd>}
    </span>
  )
}
