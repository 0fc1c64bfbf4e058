import { ApiError } from '../api/client'
import { toast } from '../ui'
import { t } from '../i18n'

/** Shows an error that belongs to no field. */
export function showError(error: unknown): void {
  if (error instanceof ApiError && error.status === 429 && error.retryAfter) {
    toast(t('error.429.text', { count: error.retryAfter }), { tone: 'danger' })
    return
  }
  toast(error instanceof Error ? error.message : String(error), { tone: 'danger' })
}
