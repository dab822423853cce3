// A line as small as a word: how a number came about over time.
import { largestOf } from '../../base/lists.ts'
import { html, type Markup } from './markup.ts'

const WIDTH = 120
const HEIGHT = 28

/** Null where there is nothing to see. */
export function renderSpark(values: readonly number[] | undefined): Markup | null {
  if (values === undefined || values.length < 3) return null
  const most = largestOf(values)
  if (most <= 0) return null
  const step = WIDTH / (values.length - 1)
  const points = values.map(
    (value, at) => `${(at * step).toFixed(1)} ${(HEIGHT - 2 - (value / most) * (HEIGHT - 4)).toFixed(1)}`,
  )
  const line = points.join('L')
  return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true"><path class="under" d="M0 ${HEIGHT}L${line}L${WIDTH} ${HEIGHT}z"/><path d="M${line}"/></svg>`
}
