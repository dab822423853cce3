// Small drawings made of characters: a bar for a share, a line for a series.
import { largestOf } from '../base/lists.ts'

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']
const PLAIN_LEVELS = ['_', '.', '-', '=', '+', '*', '%', '#']

/** A bar of at most `width` columns for a part of 1; what is above 0 shows at least a sliver. */
export function drawBar(part: number, width: number, hasUnicode: boolean): string {
  const clamped = Math.min(1, Math.max(0, part))
  if (!hasUnicode) return '#'.repeat(Math.max(clamped > 0 ? 1 : 0, Math.round(clamped * width)))
  const eighths = Math.max(clamped > 0 ? 1 : 0, Math.round(clamped * width * 8))
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!
}

/** One character a value, or a value for several neighbours where there are more than `width`. Zero is the lowest line. */
export function drawSeries(values: readonly number[], width: number, hasUnicode: boolean): string {
  const levels = hasUnicode ? LEVELS : PLAIN_LEVELS
  const points = values.length > width ? squeeze(values, width) : values
  const most = largestOf(points, 0)
  return points.map(value => levels[most === 0 ? 0 : Math.ceil((value / most) * (levels.length - 1))]!).join('')
}

// The mean of each of `width` stretches of neighbours.
function squeeze(values: readonly number[], width: number): number[] {
  return Array.from({ length: width }, (_, index) => {
    const start = Math.floor((index * values.length) / width)
    const end = Math.max(start + 1, Math.floor(((index + 1) * values.length) / width))
    return values.slice(start, end).reduce((sum, value) => sum + value, 0) / (end - start)
  })
}
