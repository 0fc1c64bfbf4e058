/** A text as Discord counts it: in code points. */
export function lengthOf(text: string): number {
  let count = text.length
  for (let i = 0; i < text.length - 1; ++i) {
    const unit = text.charCodeAt(i)
    if (unit >= 0xd800 && unit <= 0xdbff && text.charCodeAt(i + 1) >> 10 === 0x37) --count
  }
  return count
}

/** `wanted`, or if that is taken, with the first free number at its end. */
export function freeName(wanted: string, taken: { has(name: string): boolean }): string {
  if (!taken.has(wanted)) return wanted
  const stem = wanted.replace(/-\d+$/, '')
  for (let number = 2; ; ++number) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`
}
