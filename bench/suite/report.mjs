// Medians, ratios and goals from the rounds, and their table.
import { labels, ours, peers } from './contenders.mjs'
import { median } from './measuring.mjs'

const medianOf = (results, read) => {
  const numbers = results.map(read).filter((number) => number !== undefined)
  return numbers.length === 0 ? undefined : median(numbers)
}

/** How many times `one` is better than `other`. */
function timesBetter(better, one, other) {
  if (one === undefined || other === undefined) return undefined
  return better === 'less' ? other / one : one / other
}

/** The best peer. */
function bestPeer(better, medians) {
  const there = peers.filter((name) => medians[name] !== undefined)
  return there.sort((a, b) => (better === 'less' ? medians[a] - medians[b] : medians[b] - medians[a]))[0]
}

/** The goal with the result: a ratio, or a figure in its unit. */
function judge(goal, { better, unit }, medians) {
  const of = goal.of ?? 'guildhall'
  if (goal.times === undefined) {
    const value = medians[of]
    const [limit, sign] = goal.atMost === undefined ? [goal.atLeast, '≥'] : [goal.atMost, '≤']
    const reached = value === undefined ? undefined : sign === '≤' ? value <= limit : value >= limit
    return { of, text: `${sign} ${limit} ${unit}`, value, reached }
  }
  const than = goal.than ?? bestPeer(better, medians)
  const value = timesBetter(better, medians[of], medians[than])
  const reached = value === undefined ? undefined : value >= goal.times
  return { of, text: `≥ ${goal.times} × ${goal.than ? labels[goal.than] : 'peer'}`, times: goal.times, than, value, reached }
}

function summaryOfFigure(figure, results) {
  const names = Object.keys(results)
  const medians = Object.fromEntries(names.map((name) => [name, medianOf(results[name], (one) => one[figure.key])]))
  const times = (name, other) => timesBetter(figure.better, medians[name], medians[other])
  const ratios = (name) => Object.fromEntries(names.filter((one) => one !== name).map((one) => [one, times(name, one)]))
  return {
    key: figure.key,
    title: figure.title,
    short: figure.short,
    unit: figure.unit,
    better: figure.better,
    medians,
    rounds: Object.fromEntries(names.map((name) => [name, results[name].map((one) => one[figure.key])])),
    ratios: Object.fromEntries(ours.filter((name) => medians[name] !== undefined).map((name) => [name, ratios(name)])),
    goals: (figure.goals ?? []).map((goal) => judge(goal, figure, medians)),
  }
}

function summaryOfDetails(results) {
  const of = (name) => {
    const keys = new Set(results[name].flatMap((one) => Object.keys(one.details ?? {})))
    return Object.fromEntries([...keys].map((key) => [key, medianOf(results[name], (one) => one.details?.[key])]))
  }
  return Object.fromEntries(Object.keys(results).map((name) => [name, of(name)]))
}

/** All results as JSON. `quick`: with --quick, the rows that were left out. */
export function summary(measured, machine, seconds, quick) {
  return {
    machine,
    quick,
    seconds: Math.round(seconds),
    rows: measured.map(({ row, results, seconds: rowSeconds }) => ({
      name: row.name,
      seconds: Math.round(rowSeconds),
      figures: row.figures.map((figure) => summaryOfFigure(figure, results)),
      details: summaryOfDetails(results),
    })),
    failures: measured.flatMap(({ row, failures }) => failures.map((failure) => ({ row: row.name, ...failure }))),
  }
}

const figure = (number) => {
  if (number === undefined) return ''
  if (Math.abs(number) >= 100) return Math.round(number).toLocaleString('en')
  return String(Number(number.toPrecision(number < 1 ? 2 : 3)))
}
const verdict = ({ reached }) => (reached === undefined ? 'not measured' : reached ? 'reached' : '**missed**')

function lines({ title, unit, medians, ratios, goals }) {
  const row = (cells) => `| ${cells.join(' | ')} |`
  const goalsOf = (name) => goals.filter(({ of }) => of === name)
  const goalCells = (some) => [
    some.map(({ text }) => text).join('; '),
    some.map((goal) => (some.length > 1 ? `${verdict(goal)} (${figure(goal.value)})` : verdict(goal))).join('; '),
  ]
  const ratioCells = (name) => peers.map((peer) => figure(ratios[name]?.[peer]))
  const numbers = ['guildhall', ...peers].map((name) => figure(medians[name]))
  const first = row([`${title}, ${unit}`, ...numbers, ...ratioCells('guildhall'), ...goalCells(goalsOf('guildhall'))])
  const others = Object.keys(medians).filter((name) => name !== 'guildhall' && !peers.includes(name))
  const more = others.map((name) =>
    row([`– ${labels[name]}`, figure(medians[name]), '', '', ...ratioCells(name), ...goalCells(goalsOf(name))]),
  )
  return [first, ...more]
}

function detailLines({ name, details }) {
  return Object.entries(details)
    .filter(([, numbers]) => Object.keys(numbers).length > 0)
    .map(([contender, numbers]) => {
      const told = Object.entries(numbers).map(([what, number]) => `${what} ${figure(number)}`)
      return `- ${name}, ${labels[contender]}: ${told.join(', ')}`
    })
}

function machineLine({ processor, cores, kernel, load, versions }) {
  const known = Object.entries(versions).filter(([, version]) => version !== undefined)
  const told = known.map(([name, version]) => `${name} ${version}`).join(', ')
  return `${cores} cores of ${processor}, Linux ${kernel}, load average after it ${load.toFixed(2)}; ${told}.`
}

function quickLines(leftOut) {
  if (!leftOut) return []
  const less = '--quick: one short round, with peers that are not as warm as they would get, which makes ratios too good.'
  return ['', leftOut.length === 0 ? less : `${less} Left out, as they take long: ${leftOut.join(', ')}.`]
}

/** The table in Markdown, with the details below it. */
export function table({ machine, quick, seconds, rows, failures }) {
  const reached = rows.flatMap(({ figures }) => figures.flatMap(({ goals }) => goals)).filter((goal) => goal.reached)
  const goals = rows.flatMap(({ figures }) => figures.flatMap((one) => one.goals)).length
  const times = rows.map((row) => `${row.name} ${row.seconds}`).join(', ')
  const head = ['work', 'guildhall', ...peers.map((name) => labels[name]), '× Node.js', '× Bun', 'goal', '']
  return [
    machineLine(machine),
    '',
    `| ${head.join(' | ')} |`,
    `|${head.map((_, i) => (i === 0 || i > 5 ? '---|' : '---:|')).join('')}`,
    ...rows.flatMap(({ figures }) => figures.flatMap(lines)),
    '',
    `${reached.length} of ${goals} goals were reached. It took ${seconds} s: ${times}.`,
    ...quickLines(quick),
    '',
    ...rows.flatMap(detailLines),
    ...failures.map(({ row, contender, round, reason }) => `- FAILED: ${row}, ${labels[contender]}, round ${round}: ${reason}`),
  ].join('\n')
}
