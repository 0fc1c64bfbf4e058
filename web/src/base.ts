/** The path at which guildhall is reached, with a slash at its end: `/`, or PUBLIC_URL's path. */
export const basePath = new URL('..', import.meta.url).pathname

/** An address of the dashboard or the API; `path` begins with a slash. */
export const urlOf = (path: string): string => basePath + path.slice(1)
