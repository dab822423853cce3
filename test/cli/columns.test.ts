// `--columns`: what was asked for, in the order and by the names in which it was, in every form of a table.
import { expect, test } from 'vitest'
import { askIn } from '../support/ask.ts'
import { makeFolder } from '../support/logs.ts'

const LINE =
  '{"timestamp":"2026-02-02T10:00:00Z","client":"diageo","user":"anna","model":"m","cost_usd":2,"duration_ms":5}\n'

async function ask(words: readonly string[]) {
  return await askIn(makeFolder({ '2026-02-02.jsonl': LINE }), [...words, '-q'])
}

test.each([
  [['--columns', 'client,cost_usd'], 'section,client,cost_usd\nclient,diageo,2\n'],
  [['--columns', 'cost,user'], 'section,cost,user\nuser,2,anna\n'],
  [['--columns', 'user,client,costUsd'], 'section,user,client,costUsd\nclient,,diageo,2\nuser,anna,,2\n'],
  [['--columns', 'name', '--section', 'clients'], 'name\ndiageo\n'],
  [['--columns', 'spend,name', '--section', 'clients'], 'spend,name\n2,diageo\n'],
  [['--columns', 'cost,name', '--section', 'clients,users'], 'section,cost,name\nclient,2,diageo\nuser,2,anna\n'],
  [['--group-by', 'name', '--columns', 'name'], 'name\n\n'],
  [['--group-by', 'user,client', '--columns', 'analyses,client,user'], 'analyses,client,user\n1,diageo,anna\n'],
  [['events', '--columns', 'cost,latency_ms,client_id'], 'cost,latency_ms,client_id\n2,5,diageo\n'],
])('%j as CSV is %j', async (words, csv) => {
  expect((await ask([...words, '--format', 'csv'])).stdout).toBe(csv)
})

test('text, Markdown and HTML have them in the order asked for too', async () => {
  const words = ['--columns', 'cost,client', '--format']
  const [text, markdown, page] = await Promise.all(['text', 'md', 'html'].map(format => ask([...words, format])))
  expect(text!.stdout).toMatch(/Cost {2}Clients\n *\$2.00 {2}diageo\n/)
  expect(markdown!.stdout).toMatch(/\| +Cost \| Clients +\|\n.*\n\| +\$2.00 \| diageo +\|/)
  expect(page!.stdout).toMatch(/<th scope="col" class="n">Cost<\/th><th scope="col" class="t">Clients<\/th>/)
  expect(
    [text, markdown, page].map(({ stdout } = { stdout: '', stderr: '', code: '' }) => stdout.includes('anna')),
  ).toEqual([false, false, false])
})

test('what `--top` leaves out is named beside a number that was asked for first', async () => {
  const folder = makeFolder({ '2026-02-02.jsonl': LINE + LINE.replace('diageo', 'nestle') })
  const words = ['--group-by', 'client', '--top', '1', '--columns', 'cost,client']
  expect((await askIn(folder, words)).stdout).toMatch(/\$2.00 {2}diageo\n *\$2.00 {2}1 more\n/)
})

test('a name that no section has is an error with the nearest', async () => {
  const { stderr, code } = await ask(['--columns', 'clinet'])
  expect([code, stderr]).toEqual(['2', expect.stringContaining('Use client, or others of')])
})
