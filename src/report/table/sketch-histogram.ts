// The distribution of a sketch as a section: at most a dozen bins with round limits, including empty ones between others.
import { largestOf, smallestOf } from '../../base/lists.ts'
import type { Sketch } from '../../tally/sketch.ts'
import { valueOfBucket } from '../../tally/sketch.ts'
import { ratio } from '../group/change.ts'
import type { ColumnKind, HistogramBar } from '../model/report.ts'
import type { PlacedSection } from './assemble-report.ts'
import { US_PER_MS } from './shown-quantile.ts'

const STEPS = [1, 2, 5]
const MOST_BINS = 12

/** Borders go 1, 2, 5, 10, … in the unit of `kind`: milliseconds of a sketch of durations, else the values themselves. */
export function sketchHistogram(
  name: string,
  title: string,
  sketch: Sketch,
  kind: Extract<ColumnKind, 'duration' | 'bytes' | 'count'>,
  of: string,
): PlacedSection {
  const unit = kind === 'duration' ? US_PER_MS : 1
  const bins = binsOf(sketch, unit)
  const bars: HistogramBar[] = bins.map(bin => ({ label: labelOf(bin.from, bin.to, kind), count: bin.count }))
  return {
    key: name,
    section: {
      name,
      rowName: 'bin',
      title,
      columns: [
        { key: 'name', title, kind: 'text' },
        { key: 'from', title: 'From', kind },
        { key: 'to', title: 'To', kind },
        { key: 'count', title: 'Count', kind: 'count' },
        { key: 'share', title: `Share of ${of}`, kind: 'share' },
      ],
      rows: bins.map((bin, index) => [bars[index]!.label, bin.from, bin.to, bin.count, ratio(bin.count, sketch.total)]),
      objects: bins.map(bin => ({ ...bin })),
      shown: ['name', 'count', 'share'],
      optional: [],
      barKey: 'share',
      histogram: bars,
      series: null,
      rest: null,
    },
  }
}

interface Bin {
  /** The bin holds values from here on. */
  readonly from: number
  /** It ends before this. */
  readonly to: number
  readonly count: number
}

function binsOf(sketch: Sketch, unit: number): Bin[] {
  if (sketch.total === 0) return []
  const counts = new Map<number, number>()
  sketch.visit((bucket, count) => {
    const index = binIndex(valueOfBucket(bucket) / unit)
    counts.set(index, (counts.get(index) ?? 0) + count)
  })
  const indexes = [...counts.keys()]
  const last = largestOf(indexes)
  // A long thin start is one bin.
  const first = Math.max(smallestOf(indexes), last - MOST_BINS + 1)
  let below = 0
  for (const [index, count] of counts) if (index < first) below += count
  return Array.from({ length: last - first + 1 }, (_, offset) => {
    const index = first + offset
    const isLongStart = offset === 0 && below > 0
    const count = (counts.get(index) ?? 0) + (isLongStart ? below : 0)
    return { from: isLongStart ? 0 : lowerBorder(index), to: lowerBorder(index + 1), count }
  })
}

// Bin 0 is what is below 1; from there on the borders are 1, 2, 5, 10, 20, 50, …
function binIndex(value: number): number {
  if (value < 1) return 0
  let index = 1
  while (value >= lowerBorder(index + 1)) index++
  return index
}

function lowerBorder(index: number): number {
  return index === 0 ? 0 : STEPS[(index - 1) % 3]! * 10 ** Math.floor((index - 1) / 3)
}

const UNITS: Readonly<Record<'duration' | 'bytes' | 'count', readonly (readonly [number, string])[]>> = {
  duration: [
    [1000, ' s'],
    [1, ' ms'],
  ],
  bytes: [
    [1e9, ' GB'],
    [1e6, ' MB'],
    [1e3, ' kB'],
    [1, ' B'],
  ],
  count: [
    [1e6, ' M'],
    [1e3, ' k'],
    [1, ''],
  ],
}

function labelOf(from: number, to: number, kind: keyof typeof UNITS): string {
  const [size, unit] = UNITS[kind].find(([least]) => to > least) ?? [1, '']
  return `${from / size} to ${to / size}${unit}`
}
