import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { ErrorState, Skeleton } from '../ui'

/** A page whose code is loaded when it is opened for the first time. */
export function lazyPage<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined
  return function Lazy(props: P) {
    const [, rerender] = useState(0)
    const [error, setError] = useState<unknown>()
    useEffect(() => {
      if (loaded) return
      load().then((component) => {
        loaded = component
        rerender((count) => count + 1)
      }, setError)
    }, [])
    // Browsers remember that a module could not be loaded until the page is loaded anew.
    if (error) return <ErrorState page error={error} onRetry={() => location.reload()} />
    if (!loaded) return <Skeleton lines={8} />
    const Page = loaded
    return <Page {...props} />
  }
}
