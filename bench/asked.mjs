// What was asked of the engine, beside what was measured in this run.
import { questionMultiples } from './new-questions.mjs'
import { mib, table } from './table.mjs'

/** A table with a row for everything asked that this run has measured. */
export function askedTable({ shapes, others, start, questions, growth }) {
  const native = shapes.get('native')
  const rows = [
    ...(native === undefined ? [] : againstPeers(native)),
    ...otherRows(others),
    ...startRows(start),
    ...questionRows(questions),
    ...growthRows(growth),
  ]
  const many = shapes.get('users')
  if (many !== undefined) rows.push(['peak memory with a million users', '', mib(many.get('usagebook').peakMib), ''])
  return table(['', 'asked', 'measured', ''], rows)
}

function againstPeers(times) {
  const mine = times.get('usagebook')
  const once = times.get('usagebook, counting ids once')
  const ratio = (name, key, own) => (times.has(name) ? times.get(name)[key] / own[key] : undefined)
  return [
    atLeast('DuckDB / usagebook, wall', 4, ratio('duckdb', 'wallMs', mine)),
    atLeast('DuckDB / usagebook, CPU', 3, ratio('duckdb', 'cpuMs', mine)),
    atLeast('DuckDB / usagebook counting ids once, wall', 3, ratio('duckdb', 'wallMs', once)),
    atLeast('chDB / usagebook, wall', 5, ratio('chdb', 'wallMs', mine)),
    atLeast('plain Node loop / usagebook, wall', 8, ratio('node-loop', 'wallMs', mine)),
    atMost('usagebook / wc -l, wall', 5, mine.wallMs / times.get('wc -l').wallMs),
  ]
}

// The costliest stands for all.
function otherRows({ cold, warm, names }) {
  const worst = (times, than) => {
    const multiples = names.map(name => ({ name, multiple: times.get(name).wallMs / times.get(than).wallMs }))
    return multiples.reduce((most, one) => (one.multiple > most.multiple ? one : most))
  }
  const [read, again] = [worst(cold, 'usage'), worst(warm, 'node -e 0')]
  return [
    atMost(`any other report, cold (${read.name}) / usage`, 2, read.multiple),
    atMost(`any other report, asked again (${again.name}) / node -e 0`, 2.5, again.multiple),
  ]
}

function startRows({ times, opened }) {
  const node = times.get('node -e 0')
  const multiple = name => times.get(name).wallMs / node.wallMs
  const more = days => times.get(`${days} days, one more line`).wallMs / times.get(`${days} days, warm`).wallMs
  return [
    atMost('usagebook --version / node -e 0', 1.3, multiple('usagebook --version')),
    atMost('seven small files, without a cache / node -e 0', 2, multiple('seven small files, without a cache')),
    atMost('seven small files, asked again / node -e 0', 2, multiple('seven small files')),
    atMost('30 days, warm / node -e 0', 1.6, multiple('30 days, warm')),
    atMost('365 days, warm / node -e 0', 3, multiple('365 days, warm')),
    ['30 days, one more line / warm', 'hardly more than 1', more(30).toFixed(2), ''],
    ['365 days, one more line / warm', 'hardly more than 1', more(365).toFixed(2), ''],
    opened === null
      ? ['files opened for one day of 365', 'at most 3', 'strace is not there', '']
      : atMost('files opened for one day of 365', 3, opened, String(opened)),
  ]
}

function questionRows(questions) {
  const { fresh, whole, again, grown, odd } = questionMultiples(questions)
  return [
    atMost(`a new question (${fresh.name}) / node -e 0`, 2, fresh.multiple),
    atMost(`whole JSON, new (${whole.name}) / node -e 0`, 2.5, whole.multiple),
    atMost(`asked again (${again.name}) / node -e 0`, 1.6, again.multiple),
    atMost(`one more line (${grown.name}) / asked again`, 1.2, grown.multiple),
    atMost(`${odd.name} / node -e 0`, 2.2, odd.multiple),
  ]
}

function growthRows(growth) {
  return growth.flatMap(({ bytes, wallMs, peakMib }, index) => {
    const size = `${(bytes / 1e9).toPrecision(2)} GB`
    const before = growth[index - 1]
    const memory = atMost(`peak memory at ${size}`, 130, peakMib, mib(peakMib), 'at most 130 MiB')
    if (before === undefined) return [memory]
    const times = bytes / before.bytes
    return [
      memory,
      atMost(`time of ${times.toFixed(1)} times the bytes, ${size}`, times * 1.05, wallMs / before.wallMs),
    ]
  })
}

function atLeast(what, limit, value) {
  return rowOf(what, `at least ${limit}`, value, value >= limit)
}

function atMost(what, limit, value, shown = value.toFixed(2), asked = `at most ${Number(limit.toFixed(2))}`) {
  return rowOf(what, asked, value, value <= limit, shown)
}

function rowOf(what, asked, value, isMet, shown = value?.toFixed(2)) {
  return value === undefined ? [what, asked, 'not in this run', ''] : [what, asked, shown, isMet ? 'met' : 'missed']
}
