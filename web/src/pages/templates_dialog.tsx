import { useEffect, useState } from 'preact/hooks'
import type { Guild } from '../api/schema'
import { locale, t } from '../i18n'
import { beginCommand } from '../new_command'
import type { Template } from '../templates'
import { Badge, Dialog, showError, Skeleton } from '../ui'

/** Good commands to begin from. */
export function TemplatesDialog({ open, guild, onClose }: { open: boolean; guild: Guild; onClose: () => void }) {
  const [templates, setTemplates] = useState<Template[] | null>(null)
  useEffect(() => {
    if (!open || templates) return
    import('../templates').then(
      (module) => setTemplates(module.templates),
      (error: unknown) => {
        showError(error)
        onClose()
      },
    )
  }, [open])
  const language = locale.value
  const use = (template: Template) => {
    onClose()
    beginCommand(guild, { interaction: null, ...template.command(language) })
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
              {template.command(language).interaction && <Badge tone="accent">{t('command.script')}</Badge>}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
