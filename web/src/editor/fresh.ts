import { useRef } from 'preact/hooks'
import { keyOf } from './draft'

/** Remembers what has just been added, which opens by itself. */
export function useFresh() {
  const key = useRef('')
  return {
    mark<T extends object>(item: T): T {
      key.current = keyOf(item)
      return item
    },
    is: (item: object) => keyOf(item) === key.current,
  }
}
