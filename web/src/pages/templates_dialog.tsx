import { useEffect, useState } from 'preact/hooks'
import type { Guild } from '../api/types'
import { freeTrigger } from '../commands_api'
import { saveDraft } from '../drafts'
import { locale, t } from '../i18n'
import { navigate } from '../router'
import type { Template } from '../templates'
import { Badge, Dialog, Skeleton } from '../ui'

/** Good commands to begin from. */
export function TemplatesDialog({ open, guild, onClose }: { open: boolean; guild: Guild; onClose: () => void }) {
  const [templates, setTemplates] = useState<Template[] | null>(null)
  useEffect(() => {
    if (open && !templates) void import('../templates').then((module) => setTemplates(module.templates))
  }, [open])
  const language = locale.value
  const use = (template: Template) => {
    const command = template.command(language)
    const trigger = freeTrigger(command.trigger, guild.commands.map((each) => each.trigger))
    saveDraft(guild.id, 'new', { input: { interaction: null, ...command, trigger }, base: null, etag: null, at: Date.now() })
    onClose()
    navigate(`/guilds/${guild.id}/commands/new`)
  }
  return (
    <Dialog open={open} onClose={onClose} title={t('templates.title')} wide>
      {!templates && <Skeleton lines={6} />}
      <ul class="tp-grid">
        {templates?.map((template) => (
          <li key={template.id}>
            <button type="button" class="tp-card" onClick={() => use(template)}>
              <span class="tp-emoji" aria-hidden="true">{template.emoji}</span>
              <b>{template.title[language]}</b>
              <span class="ui-muted">{template.text[language]}</span>
              {template.command(language).interaction && <Badge tone="accent">{t('commands.script')}</Badge>}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
