// Short messages over the page.
import { signal } from '@preact/signals'
import { ApiError } from '../api/client'
import { t } from '../i18n'
import { Button } from './basic'
import { Icons } from './icons'

interface Toast {
  id: number
  text: string
  tone: 'neutral' | 'danger'
  undo?: (() => void) | undefined
}

/** Milliseconds in which something can be taken back. */
export const undoTime = 8000
const toastTime = 6000
const toasts = signal<Toast[]>([])
let lastToast = 0

function remove(id: number): void {
  toasts.value = toasts.value.filter((other) => other.id !== id)
}

/** Says something for six seconds, longer with something to undo. */
export function toast(text: string, { undo, tone = 'neutral' }: { undo?: () => void; tone?: Toast['tone'] } = {}): void {
  const id = ++lastToast
  toasts.value = [...toasts.value.slice(-3), { id, text, tone, undo }]
  setTimeout(() => remove(id), undo ? undoTime : toastTime)
}

/** Shows an error that belongs to no field. */
export function showError(error: unknown): void {
  const wait = error instanceof ApiError && error.status === 429 ? error.retryAfter : undefined
  const text = wait ? t('error.429.text', { count: wait }) : error instanceof Error ? error.message : String(error)
  toast(text, { tone: 'danger' })
}

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(t('state.copied'))
  } catch {
    toast(t('state.notCopied'), { tone: 'danger' })
  }
}

export function Toasts() {
  return (
    <div class="ui-toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, text, tone, undo }) => (
        <div key={id} class={`ui-toast ${tone}`}>
          <span>{text}</span>
          {undo && (
            <Button
              size="sm" icon={Icons.Undo}
              onClick={() => {
                undo()
                remove(id)
              }}
            >
              {t('action.undo')}
            </Button>
          )}
        </div>
      ))}
    </div>
  )
}
