import { useState } from 'preact/hooks'
import { api } from '../api/client'
import { avatarUrl, isAdmin, me, nameOf, sessionEnded } from '../api/session'
import { basePath } from '../base'
import { chooseLanguage, formatDateTime, languages, locale, t, type Locale } from '../i18n'
import { disconnect } from '../live'
import { forgetAll } from '../resource'
import { navigate } from '../router'
import { PageHeader } from '../shell/page_header'
import { choice, chooseTheme } from '../theme'
import type { ThemeChoice } from '../theme-choice'
import { Avatar, Badge, Button, Card, Field, Icons, Select, showError } from '../ui'

export function AccountPage() {
  const user = me.value
  const [busy, setBusy] = useState(false)
  if (!user) return null

  const signOut = async () => {
    setBusy(true)
    try {
      await api.post('/api/auth/logout')
    } catch (error) {
      if (!sessionEnded.value) {
        showError(error)
        setBusy(false)
        return
      }
    }
    disconnect()
    forgetAll()
    navigate('/', { replace: true })
    sessionEnded.value = false
    me.value = null
  }

  const themes: [ThemeChoice, string][] = [['system', t('theme.system')], ['light', t('theme.light')], ['dark', t('theme.dark')]]
  return (
    <>
      <PageHeader title={t('nav.account')} />
      <div class="page-narrow ui-stack">
        <Card>
          <div class="ac-person">
            <Avatar url={avatarUrl(user)} name={nameOf(user)} size={56} />
            <div>
              <h2>{nameOf(user)} {isAdmin() && <Badge tone="accent">{t('account.admin')}</Badge>}</h2>
              <p class="ui-muted">@{user.username}{user.email ? ` · ${user.email}` : ''}</p>
              <p class="ui-hint">{t('account.since', { date: formatDateTime(user.createdAt) })}</p>
            </div>
            <Button icon={Icons.LogOut} busy={busy} onClick={() => void signOut()}>{t('account.signOut')}</Button>
          </div>
        </Card>
        <Card title={t('account.appearance')}>
          <div class="ui-stack">
            <fieldset class="ac-themes">
              <legend>{t('account.theme')}</legend>
              {themes.map(([id, label]) => (
                <label key={id} class={`ac-theme ${id}`}>
                  <input type="radio" name="theme" checked={choice.value === id} onChange={() => chooseTheme(id)} />
                  <span class="ac-swatch" aria-hidden="true" />
                  {label}
                </label>
              ))}
            </fieldset>
            <Field label={t('account.language')} hint={t('account.language.hint')}>
              {(id, describedBy) => (
                <Select
                  id={id} aria-describedby={describedBy} value={locale.value}
                  options={Object.entries(languages).map(([value, label]) => ({ value, label }))}
                  onChange={(value) => chooseLanguage(value as Locale).catch(showError)}
                />
              )}
            </Field>
          </div>
        </Card>
        <Card title={t('account.help')}>
          <p class="ui-row"><a href={`${basePath}docs`}>{t('account.api')}</a></p>
        </Card>
      </div>
    </>
  )
}
