import type { Message } from '../editor/message'

export function MessagePreview({ message }: {
  message: Message
  bot: { name: string; avatar: string | null }
  dark: boolean
  names: { channels: Record<string, string>; roles: Record<string, string>; users: Record<string, string> }
}) {
  return <p>{message.content}</p>
}
