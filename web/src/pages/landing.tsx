// What somebody sees who is not signed in.
import { useEffect } from 'preact/hooks'
import { avatarUrl, loginUrl } from '../api/session'
import type { BotProfile } from '../api/schema'
import { t } from '../i18n'
import { useResource } from '../resource'
import { route } from '../router'
import { Avatar, ButtonLink, Icon, Icons, type IconShape } from '../ui'

function Feature({ icon, title, text }: { icon: IconShape; title: string; text: string }) {
  return (
    <li>
      <span class="land-icon"><Icon of={icon} size={18} /></span>
      <h2>{title}</h2>
      <p>{text}</p>
    </li>
  )
}

/** `wanted`: the page that somebody asked for before signing in. */
export function LandingPage({ wanted }: { wanted: string | null }) {
  const bot = useResource<BotProfile>('/api/bot').data
  const name = bot?.name ?? 'guildhall'
  useEffect(() => {
    document.title = `${name} · guildhall`
  }, [name])
  const avatar = avatarUrl(bot)
  const denied = route.value.query.get('error') === 'access_denied'
  return (
    <main class="land">
      <section class="land-hero">
        <div class="land-words">
          <Avatar url={avatar} name={name} size={72} />
          <h1>{name}</h1>
          <p class="land-lead">{t('landing.lead')}</p>
          {bot && bot.guilds > 0 && <p class="ui-muted">{t('landing.guilds', { count: bot.guilds })}</p>}
          {wanted && <p class="land-note">{t('landing.wanted')}</p>}
          {denied && <p class="land-note" role="alert">{t('landing.denied')}</p>}
          <div class="ui-row">
            <ButtonLink kind="primary" href={loginUrl(wanted ?? '/')}>{t('action.signIn')}</ButtonLink>
            {bot && <ButtonLink href={bot.inviteUrl} icon={Icons.Plus} target="_blank" rel="noreferrer">{t('landing.invite')}</ButtonLink>}
          </div>
        </div>
        <ExampleConversation name={name} avatar={avatar} />
      </section>
      <ul class="land-features">
        <Feature icon={Icons.Terminal} title={t('landing.commands')} text={t('landing.commands.text')} />
        <Feature icon={Icons.Sparkles} title={t('landing.scripts')} text={t('landing.scripts.text')} />
        <Feature icon={Icons.Radio} title={t('landing.live')} text={t('landing.live.text')} />
      </ul>
    </main>
  )
}

/** A conversation as it looks in Discord. */
function ExampleConversation({ name, avatar }: { name: string; avatar: string | null }) {
  return (
    <div class="land-example" aria-hidden="true">
      <div class="land-message">
        <Avatar url={null} name="Ada" size={36} />
        <div>
          <b>Ada</b>
          <p>!poll {t('landing.example.question')}</p>
        </div>
      </div>
      <div class="land-message">
        <Avatar url={avatar} name={name} size={36} />
        <div>
          <b>{name}</b> <span class="land-app">APP</span>
          <div class="land-embed">
            <b>{t('landing.example.question')}</b>
            <p>{t('landing.example.answer')}</p>
          </div>
          <div class="land-buttons">
            <span>{t('landing.example.yes')} · 7</span>
            <span>{t('landing.example.no')} · 2</span>
          </div>
        </div>
      </div>
    </div>
  )
}
