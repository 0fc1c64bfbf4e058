// The ratios as an SVG.
export function picture() {
  return ''
}
