import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Message } from '../editor/message'
import { whenIdle } from '../idle'
import { readMessage } from './discord'
import { MessageView, type MessageViewProps } from './Message'

export type { Bot } from './Message'
export type { Names } from './context'
export type { PlaceholderValues } from './placeholders'

/**
 * A message as Discord shows it. Takes whatever JSON a script or the API brings. A change is shown when the browser has time, so
 * that somebody who is typing does not wait for it.
 */
export function MessagePreview({ message, ...rest }: Omit<MessageViewProps, 'message'> & { message: Message | object }) {
  const [shown, setShown] = useState(message)
  useEffect(() => (message === shown ? undefined : whenIdle(() => setShown(message))), [message])
  const read = useMemo(() => readMessage(shown), [shown])
  return <MessageView message={read} {...rest} />
}
