// The ratios as an SVG with its own background, readable on light and dark pages.
import { labels, peers } from './contenders.mjs'

const width = 880
const plot = { left: 300, right: 800 }
const valuesEnd = 856
const top = 74
const barHeight = 11
const rowHeight = 2 * barHeight + 14
const footer = 40

const style = `
  text { font: 13px system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; fill: #1f2328; }
  .heading { font-size: 17px; font-weight: 600; }
  .small { font-size: 11px; fill: #59636e; }
  .panel { fill: #ffffff; stroke: #d1d9e0; }
  .grid { stroke: #d8dee4; }
  .one { stroke: #59636e; }
  .node { fill: #2f6fdd; }
  .bun { fill: #d9822b; }
  .goal { stroke: #1f2328; stroke-width: 2; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .small { fill: #9198a1; }
    .panel { fill: #161b22; stroke: #3d444d; }
    .grid { stroke: #30363d; }
    .one { stroke: #9198a1; }
    .node { fill: #5b93f5; }
    .bun { fill: #f0a04b; }
    .goal { stroke: #e6edf3; }
  }`

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text) => text.replace(/[&<>"]/g, (character) => entities[character])
const text = (x, y, content, attributes = '') => `<text x="${x}" y="${y}" ${attributes}>${escape(content)}</text>`
const line = (x, y1, y2, kind) => `<line class="${kind}" x1="${x}" x2="${x}" y1="${y1}" y2="${y2}"/>`
const times = (ratio) => `${ratio >= 10 ? Math.round(ratio).toLocaleString('en') : ratio.toPrecision(2)}×`

/** The scale, from the power of ten below the smallest ratio (or 1) to that above the largest. */
function logScale(ratios) {
  const lowest = Math.floor(Math.log10(Math.min(1, ...ratios)))
  const highest = Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(...ratios))))
  const x = (ratio) => plot.left + ((Math.log10(ratio) - lowest) / (highest - lowest)) * (plot.right - plot.left)
  const marks = Array.from({ length: highest - lowest + 1 }, (_, i) => 10 ** (lowest + i))
  return { x: (ratio) => Math.round(x(ratio) * 10) / 10, marks }
}

function bar(peer, ratio, y, { x }) {
  const [from, to] = [x(1), x(ratio)].sort((a, b) => a - b)
  const size = Math.max(1, to - from).toFixed(1)
  const rect = `<rect class="${peer}" x="${from}" y="${y}" width="${size}" height="${barHeight - 1}" rx="2"/>`
  return rect + text(valuesEnd, y + barHeight - 2, times(ratio), 'class="small" text-anchor="end"')
}

/** The position of the goal. */
function goalMark({ goals }, y, { x }) {
  const goal = goals.find((one) => one.of === 'guildhall' && one.times && peers.includes(one.than))
  if (!goal) return ''
  return line(x(goal.times), y - 2, y + 2 * barHeight + 1, 'goal')
}

function rowOf(figure, index, scale) {
  const y = top + index * rowHeight + 7
  const bars = peers.map((peer, i) => {
    const ratio = figure.ratios.guildhall[peer]
    return ratio === undefined ? '' : bar(peer, ratio, y + i * barHeight, scale)
  })
  const label = text(plot.left - 12, y + barHeight + 4, figure.short, 'text-anchor="end"')
  return [label, ...bars, goalMark(figure, y, scale)].join('\n')
}

function legend() {
  const entry = (peer, x) =>
    `<rect class="${peer}" x="${x}" y="41" width="11" height="11" rx="2"/>${text(x + 17, 51, labels[peer])}`
  const goal = `${line(315, 39, 54, 'goal')}${text(324, 51, 'goal')}`
  return entry('node', 24) + entry('bun', 176) + goal
}

/** The figures with a short name that were measured for guildhall and a peer. */
export function picture({ machine, rows }) {
  const figures = rows
    .flatMap((row) => row.figures)
    .filter(({ short, ratios }) => short && peers.some((peer) => ratios.guildhall?.[peer] !== undefined))
  const scale = logScale(figures.flatMap(({ ratios }) => peers.map((peer) => ratios.guildhall[peer] ?? 1)))
  const bottom = top + figures.length * rowHeight + 4
  const height = bottom + footer
  const { versions } = machine
  const peerVersions = `Node.js ${versions['Node.js']}, Bun ${versions.Bun}, MariaDB ${versions.MariaDB}`
  const foot = `${machine.date}; one core of ${machine.processor} for each server; ${peerVersions}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>How many times better guildhall does than the same work in JavaScript</title>`,
    `<style>${style}\n</style>`,
    `<rect class="panel" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    text(24, 28, 'guildhall beside the same work in JavaScript: times better', 'class="heading"'),
    legend(),
    ...scale.marks.flatMap((mark) => [
      line(scale.x(mark), top, bottom, mark === 1 ? 'one' : 'grid'),
      text(scale.x(mark), top - 6, `${mark.toLocaleString('en')}×`, 'class="small" text-anchor="middle"'),
    ]),
    ...figures.map((figure, index) => rowOf(figure, index, scale)),
    text(24, height - 16, foot, 'class="small"'),
    '</svg>\n',
  ].join('\n')
}
