import { expect, test } from 'vitest'
import { wordsOf } from '../../src/notify/letter-words.ts'
import { sendLetter } from '../../src/notify/send-letter.ts'
import { type Block, cut, limitBlocks, slackBody } from '../../src/notify/slack.ts'
import { budgetMessage } from './messages.ts'
import { sendingWith } from './sending.ts'
import { startWebServer } from './web-server.ts'

const letter = (change = {}) => ({ id: 'msg_1', target: 'ops', message: budgetMessage(change) })
const target = { slack: { urlFrom: 'env:OPS_SLACK', allowPrivate: true } }
const textOf = (block: Block) => [block.text, ...(block.fields ?? [])].map(text => text?.text ?? '').join('\n')

test('a message arrives as text and as blocks, with all that is to be said in both', async () => {
  const server = await startWebServer()
  const sending = sendingWith({ OPS_SLACK: server.url })
  const labels = { client: 'diageo' }
  const link = 'https://usage.example.com/alerts'
  expect(await sendLetter(letter({ labels, link }), target, sending)).toBe(undefined)
  const { text, blocks } = JSON.parse(server.received[0]!.body) as { text: string; blocks: Block[] }
  const shown = blocks.map(textOf).join('\n')
  const { title, value, limit, window, since, next, causes } = budgetMessage()
  for (const part of [
    title,
    value,
    limit,
    window,
    since,
    next,
    'client diageo',
    link,
    ...causes.map(one => one.name),
  ]) {
    expect(text).toContain(part)
    expect(shown).toContain(part)
  }
  expect(text.split('\n')[0]).toBe(`Firing (high): ${title}`)
})

test('a double that answers 429 is asked again when it says so', async () => {
  const server = await startWebServer(() => ({ status: 429, headers: { 'retry-after': '30' } }))
  expect(await sendLetter(letter(), target, sendingWith({ OPS_SLACK: server.url }))).toEqual({
    problem: 'it answered 429',
    isOfTarget: true,
    retryAfterMs: 30_000,
  })
})

test('names of a log can neither mention nor link', () => {
  const { text, blocks } = slackBody(wordsOf(budgetMessage({ causes: [{ name: '<!channel> & `x`', value: '1' }] })))
  for (const one of [text, blocks.map(textOf).join('')]) {
    expect(one).toContain('&lt;!channel&gt; &amp; `x`')
    expect(one).not.toContain('<!')
  }
})

test('what is too long is cut with a count', () => {
  expect(cut('x'.repeat(3000), 3000)).toBe('x'.repeat(3000))
  const text = cut('x'.repeat(5000), 3000)
  const count = Number(/… \((.*) more characters\)$/.exec(text)![1]!.replaceAll(',', ''))
  expect(text.length).toBeLessThanOrEqual(3000)
  expect(/^x*/.exec(text)![0].length + count).toBe(5000)
  expect(cut(`${'x'.repeat(70)}${'&amp;'.repeat(90)}`, 100)).toMatch(/^x+(&amp;)*… /)
  expect(cut('😀'.repeat(100), 101)).toMatch(/^(😀)+… /u)
})

test('everything stays within the limits, however long it is', () => {
  const long = 'ü<&'.repeat(4000)
  const causes = [1, 2, 3].map(() => ({ name: long, value: long }))
  const labels = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`label${index}`, long]))
  const change = { title: long, value: long, limit: long, window: long, next: long, link: long, causes, labels }
  const { text, blocks } = slackBody(wordsOf(budgetMessage(change)))
  expect(text.length).toBeLessThanOrEqual(13_000)
  expect(blocks.length).toBeLessThanOrEqual(50)
  expect(blocks.map(textOf).join('').length).toBeLessThanOrEqual(13_000)
  for (const block of blocks) {
    expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(block.type === 'header' ? 150 : 3000)
    for (const field of block.fields ?? []) expect(field.text.length).toBeLessThanOrEqual(2000)
    expect(block.fields?.length ?? 0).toBeLessThanOrEqual(10)
  }
  expect(textOf(blocks.at(-1)!)).toMatch(/^_\d+ more parts? (is|are) not shown here\._$/)
})

test('of 60 blocks 49 stay, and the last says how many do not', () => {
  const blocks = Array.from({ length: 60 }, () => ({ type: 'section', text: { type: 'mrkdwn', text: 'x' } as const }))
  const kept = limitBlocks(blocks)
  expect(kept.length).toBe(50)
  expect(kept.at(-1)!.text!.text).toBe('_11 more parts are not shown here._')
  expect(limitBlocks(blocks.slice(0, 50))).toEqual(blocks.slice(0, 50))
})
