// Builds elements. Text is only ever inserted as text.

/** An element with attributes (a property where its value is a function, false leaves it out) and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value)
    else if (value === true) made.setAttribute(key, '')
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value)
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false))
  return made
}

/** A round picture: the first letter of a name, on a colour that stays the same for that name. */
export function avatar(name) {
  const hue = [...new TextEncoder().encode(name)].reduce((sum, byte) => (sum * 31 + byte) % 6, 0)
  return element('span', { class: `avatar hue${hue}`, 'aria-hidden': 'true' }, [...name][0] ?? '?')
}

/** A link, where it leads to the web. */
export function link(url, ...children) {
  if (!/^https?:\/\//i.test(url ?? '')) return element('span', {}, ...children)
  return element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, ...children)
}
