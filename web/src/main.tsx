import { render } from 'preact'
import { chooseLanguage, preferredLanguage } from './i18n'
import { App, loadUser } from './app'

async function start() {
  void loadUser()
  await chooseLanguage(preferredLanguage(), false).catch(() => undefined) // English is there in any case.
  const root = document.getElementById('app')
  if (root) render(<App />, root)
}

void start()
