// The numbers of charts: shown at once under the pointer, and read from point to point with the arrow keys.

const KEYS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowLeft: at => at - 1,
  ArrowRight: at => at + 1,
  Home: () => 0,
  End: (_, count) => count - 1,
}
const GAP = 8

/** Once for a document: charts come and go in it. */
export function readCharts(): void {
  const tip = document.createElement('p')
  tip.className = 'tip'
  tip.hidden = true
  tip.setAttribute('role', 'status')
  document.body.append(tip)
  let shown: Element | null = null

  function show(point: Element): void {
    hide()
    shown = point
    point.classList.add('on')
    tip.textContent = textOf(point).replaceAll('; ', '\n')
    tip.hidden = false
    const at = point.getBoundingClientRect()
    const left = at.left + at.width / 2 - tip.offsetWidth / 2
    const most = document.documentElement.clientWidth - tip.offsetWidth - GAP
    tip.style.left = `${Math.max(GAP, Math.min(left, most)) + scrollX}px`
    tip.style.top = `${Math.max(0, at.top - tip.offsetHeight - GAP) + scrollY}px`
  }

  function hide(): void {
    shown?.classList.remove('on')
    shown = null
    tip.hidden = true
  }

  document.addEventListener('pointerover', ({ target }) => {
    const point = target instanceof Element ? target.closest('.hover rect') : null
    if (point !== null) show(point)
    else if (shown !== null && !shown.closest('svg')!.matches(':focus')) hide()
  })
  document.addEventListener('keydown', event => {
    const chart = event.target instanceof SVGElement ? event.target.closest('svg') : null
    const points = [...(chart?.querySelectorAll('.hover rect') ?? [])]
    if (event.key === 'Escape') hide()
    const move = KEYS[event.key]
    if (move === undefined || points.length === 0) return
    event.preventDefault()
    const now = shown === null ? -1 : points.indexOf(shown)
    // From nowhere the first is to the right of the edge, and the last to the left.
    const at = now < 0 && event.key === 'ArrowLeft' ? points.length - 1 : move(now, points.length)
    show(points[Math.max(0, Math.min(at, points.length - 1))]!)
  })
  document.addEventListener('focusout', hide)
}

// Taken out of the drawing, where the browser would show it a second time.
function textOf(point: Element): string {
  const title = point.querySelector('title')
  if (title !== null) {
    point.setAttribute('data-text', title.textContent ?? '')
    title.remove()
  }
  return point.getAttribute('data-text') ?? ''
}
