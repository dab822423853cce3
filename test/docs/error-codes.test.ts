// Every error that the source can throw has a golden case that triggers it, and is documented by that case.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CASES } from '../golden-case.ts'
import { WITHOUT_A_CASE } from './errors-without-a-case.ts'

const SOURCE = join(import.meta.dirname, '..', '..', 'src')
const source = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts'))
  .map(path => readFileSync(join(SOURCE, path), 'utf8'))
  .join('\n')

const CODE = /'([a-z0-9]+(?:-[a-z0-9]+)+)'/
/** The first argument of an error, the code of a lock that is taken, or the last one of flagError where it has one of its own. */
const thrown = [
  ...[...source.matchAll(/\bbusyCode: ('[^']+')/g)].map(match => match[1]!),
  ...[...source.matchAll(/\bnew (?:Usage|Config|Input|Check|Conflict|Memory)Error\(\s*('[^']+')/g)].map(
    match => match[1]!,
  ),
  ...[...source.matchAll(/\bflagError\(((?:[^()]|\([^()]*\))*)\)/g)].map(match => match[1]!.split(',').at(-1)!),
]
const codes = [...new Set(thrown.flatMap(text => CODE.exec(text.trim())?.[1] ?? []))].sort()
const withCase = new Set(readdirSync(join(CASES, 'errors')).map(name => name.split('.')[0]!))

test('every error code has a case in test/cases/errors', () => {
  expect(codes.length).toBeGreaterThan(5)
  const missing = codes.filter(code => !withCase.has(code) && !(code in WITHOUT_A_CASE))
  expect(missing, 'write a case for each').toEqual([])
})

test('every case in test/cases/errors is of a code that the source has', () => {
  const known = new Set([...codes, 'bad-flag'])
  expect([...withCase].filter(code => !known.has(code))).toEqual([])
})

test('the list of codes without a case holds no code that has one, and none that is gone', () => {
  const stale = Object.keys(WITHOUT_A_CASE).filter(code => withCase.has(code) || !codes.includes(code))
  expect(stale, 'take them off the list').toEqual([])
})
