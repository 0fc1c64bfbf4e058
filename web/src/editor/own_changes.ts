import { useRef } from 'preact/hooks'

const maxPending = 100

/**
 * Tells what comes back from the owner of a value from what is new. Effects run later than events: when the owner's echo of one
 * keystroke arrives, the next may have been typed already and must not be lost.
 */
export function useOwnChanges<T>(initial: T) {
  const pending = useRef([initial])
  return {
    sent(value: T): void {
      pending.current = [...pending.current, value].slice(-maxPending)
    },
    isOwn(value: T): boolean {
      const at = pending.current.lastIndexOf(value)
      if (at === -1) pending.current = [value]
      else pending.current = pending.current.slice(at)
      return at !== -1
    },
  }
}
