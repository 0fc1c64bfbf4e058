import { useMemo } from 'preact/hooks'
import type { Message } from '../editor/message'
import { readMessage } from './discord'
import { MessageView, type MessageViewProps } from './Message'

export type { Bot } from './Message'
export type { Names } from './context'
export type { PlaceholderValues } from './placeholders'

/** A message as Discord shows it. Takes whatever JSON a script or the API brings. */
export function MessagePreview({ message, ...rest }: Omit<MessageViewProps, 'message'> & { message: Message | object }) {
  const read = useMemo(() => readMessage(message), [message])
  return <MessageView message={read} {...rest} />
}
