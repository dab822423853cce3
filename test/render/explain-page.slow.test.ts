// The page that says why the cost changed: the sentence, the waterfall with its numbers, the lines.
import { expect, test } from 'vitest'
import { printed, storyWorkspace } from '../support/library.ts'

const WORDS = ['--period', '2026-W05', '--compare', '2026-W03', '--explain']

test('the page has the sentence, a bar for each part and every line', async () => {
  const root = storyWorkspace()

  const page = await printed(root, [...WORDS, '--format', 'html'])
  const { explain } = JSON.parse(await printed(root, [...WORDS, '--json'])) as { explain: { lines: unknown[] } }

  const text = page.replace(/<style>.*?<\/style>/gs, '')
  expect(text).toContain('<h1>Why the cost changed</h1>')
  expect(text).toContain('+$2.00: requests that cost more (+$2.49), 91 % more requests at loreal (+$1.27)')
  expect(text).toContain('Before $6.42, Volume -$0.03, Mix -$0.60, Price +$2.49, New +$0.14, Now $8.42.')
  const [wide] = /<svg class="wide".*?<\/svg>/s.exec(text)!
  const bars = [...wide.matchAll(/height="([\d.]+)"><title>([^<]*)/g)].map(([, height, title]) => [
    title,
    Number(height),
  ])
  expect(bars.map(([title]) => title)).toEqual([
    'Before: $6.42',
    'Volume: -$0.03',
    'Mix: -$0.60',
    'Price: +$2.49',
    'New: +$0.14',
    'Now: $8.42',
  ])
  const heights = bars.map(([, height]) => height as number)
  expect(heights[5]! / heights[0]!).toBeCloseTo(8.42 / 6.42, 1)
  expect(heights[3]! / heights[0]!).toBeCloseTo(2.49 / 6.42, 1)
  expect(text.match(/<tr><th scope="row">/g)).toHaveLength(explain.lines.length)
  expect(text).toContain(
    '<bdi>unilever</bdi></th><td><bdi>claude-sonnet-4-5</bdi></td><td><bdi>input</bdi></td><td class="n">$2.59',
  )
})
