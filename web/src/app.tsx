import { Toasts } from './ui'

export function App() {
  return <Toasts />
}
