// What the program prints to a terminal as an SVG: from its own bytes, the same every time.
import { spawnSync } from 'node:child_process'

/** The command line of the picture in the README. */
export const TERMINAL_FLAGS = ['--timezone', 'UTC', '--top', '4']

const CHARACTER = 8.4
const LINE = 19
const PADDING = 18
const BAR = 34
const COLOURS = { 31: '#ff7b72', 33: '#e3b341', 36: '#56c8d8' }
const TEXT = '#d7dde5'
const DIM = '#8b96a5'

/** The picture of a command line in the workspace of this repository, 88 columns wide. */
export function drawTerminal(flags, columns = 88) {
  const environment = { PATH: process.env.PATH, TZ: 'UTC', LANG: 'C.UTF-8', TERM: 'xterm-256color', FORCE_COLOR: '1' }
  const run = spawnSync(process.execPath, ['bin/usagebook.js', 'report', '--no-config', '--no-cache', ...flags], {
    env: { ...environment, COLUMNS: String(columns), USAGEBOOK_NOW: '2026-02-03T08:00:00Z' },
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`usagebook ended with ${run.status}: ${run.stderr}`)
  const lines = [`\u001b[2m$\u001b[22m usagebook ${flags.join(' ')}`, '', ...run.stdout.trimEnd().split('\n')]
  const width = Math.ceil(columns * CHARACTER + 2 * PADDING)
  const height = lines.length * LINE + BAR + 2 * PADDING
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (colour, index) => `<circle cx="${PADDING + 6 + index * 20}" cy="${BAR / 2 + 2}" r="6" fill="${colour}"/>`,
  )
  const texts = lines.flatMap((line, index) => drawLine(line, BAR + PADDING + index * LINE + 13))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="usagebook in a terminal">
<rect width="100%" height="100%" rx="10" fill="#12161c"/>
${dots.join('')}
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" fill="${TEXT}" xml:space="preserve">
${texts.join('\n')}
</g>
</svg>
`
}

// Each stretch of one look and without wide gaps stands where it stands in the terminal, whatever the font.
function drawLine(line, y) {
  const look = { isBold: false, isDim: false, colour: undefined }
  const drawn = []
  let column = 0
  for (const part of line.split(/(\u001b\[\d+m| {2,})/)) {
    const code = /^\u001b\[(\d+)m$/.exec(part)?.[1]
    if (code !== undefined) {
      changeLook(look, Number(code))
      continue
    }
    const lead = part.length - part.trimStart().length
    if (part.trim() !== '') drawn.push(drawStretch(part.trim(), column + lead, y, look))
    column += [...part].length
  }
  return drawn
}

function changeLook(look, code) {
  if (code === 1) look.isBold = true
  else if (code === 2) look.isDim = true
  else if (code === 22) look.isBold = look.isDim = false
  else look.colour = COLOURS[code]
}

function drawStretch(text, column, y, look) {
  return /^[▁-▏]+$/.test(text) ? drawBlocks(text, column, y, look) : drawText(text, column, y, look)
}

// Bars and lines are drawn, since fonts leave gaps between blocks: U+2581 to U+2588 are heights, to U+258F widths.
function drawBlocks(text, column, y, { colour = TEXT }) {
  const rectangles = [...text].map((block, index) => {
    const code = block.codePointAt(0)
    const [width, height] = code <= 0x2588 ? [1, (code - 0x2580) / 8] : [(0x2590 - code) / 8, 1]
    const top = y + 3 - height * (LINE - 4)
    return `M${((column + index) * CHARACTER + PADDING).toFixed(1)} ${top.toFixed(1)}h${(width * CHARACTER).toFixed(1)}V${y + 3}h${(-width * CHARACTER).toFixed(1)}z`
  })
  return `<path fill="${colour}" shape-rendering="crispEdges" d="${rectangles.join('')}"/>`
}

function drawText(text, column, y, { isBold, isDim, colour }) {
  const x = (PADDING + column * CHARACTER).toFixed(1)
  const length = ([...text].length * CHARACTER).toFixed(1)
  const fill = isDim ? DIM : colour
  const style = `${isBold ? ' font-weight="700"' : ''}${fill === undefined ? '' : ` fill="${fill}"`}`
  const escaped = text.replace(/[&<>]/g, character => `&#${character.charCodeAt(0)};`)
  return `<text x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${style}>${escaped}</text>`
}
