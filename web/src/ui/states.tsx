// What a page shows while it has nothing, not yet, or no more.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { ApiError } from '../api/client'
import { loginUrl } from '../api/session'
import { t } from '../i18n'
import { Button, ButtonLink, Icon, type IconShape } from './basic'
import { Icons } from './icons'

export function EmptyState({ icon, title, text, page, children }: {
  icon: IconShape
  title: string
  /** It is all that the page has, so its title is the page's. */
  page?: boolean | undefined
  text?: string
  children?: ComponentChildren
}) {
  return (
    <div class="ui-empty">
      <span class="ui-empty-icon"><Icon of={icon} size={28} /></span>
      {page ? <h1>{title}</h1> : <h2>{title}</h2>}
      {text && <p>{text}</p>}
      {children && <div class="ui-row">{children}</div>}
    </div>
  )
}

/** Grey lines where text will be. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div class="ui-skeleton" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: lines }, (_, index) => <span key={index} />)}
    </div>
  )
}

/** An error that takes the place of what it kept from being shown. */
export function ErrorState({ error, onRetry, page }: { error: unknown; onRetry?: () => void; page?: boolean }) {
  const known = error instanceof ApiError ? error : null
  if (known?.status === 401) {
    return (
      <EmptyState page={page} icon={Icons.User} title={t('error.401.title')} text={t('error.401.text')}>
        <ButtonLink kind="primary" href={loginUrl()}>{t('action.signIn')}</ButtonLink>
      </EmptyState>
    )
  }
  const retry = onRetry && known?.status !== 403 && known?.status !== 404
  return (
    <EmptyState page={page} icon={known?.isOffline ? Icons.Offline : Icons.Warning} title={titleOf(known)} text={textOf(error)}>
      {retry && <RetryButton after={known?.retryAfter ?? 0} onRetry={onRetry} />}
      {known?.requestId && <p class="ui-hint">{t('error.requestId', { id: known.requestId })}</p>}
    </EmptyState>
  )
}

/** Cannot be pressed before the time that the server asked for. */
function RetryButton({ after, onRetry }: { after: number; onRetry: () => void }) {
  const [left, setLeft] = useState(after)
  useEffect(() => {
    if (left <= 0) return
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  return (
    <Button disabled={left > 0} onClick={onRetry}>
      {left > 0 ? t('action.retryIn', { count: left }) : t('action.retry')}
    </Button>
  )
}

function titleOf(error: ApiError | null): string {
  if (error?.isOffline) return t('error.offline.title')
  switch (error?.status) {
    case 403: return t('error.403.title')
    case 404: return t('error.404.title')
    case 429: return t('error.429.title')
    case 502:
    case 503: return t('error.503.title')
    default: return t('error.other.title')
  }
}

function textOf(error: unknown): string {
  if (error instanceof ApiError && error.isOffline) return t('error.offline.text')
  return error instanceof Error ? error.message : String(error)
}
