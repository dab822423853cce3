import { describe, expect, test } from 'vitest'
import type { ConfigError } from '../../src/base/errors.ts'
import { parsePriceBook } from '../../src/pricing/open-price-book.ts'

/** The problems of a file, as "line path: message". */
async function problemsOf(text: string): Promise<string[]> {
  const error: ConfigError = await parsePriceBook(text, 'prices.json').then(
    () => Promise.reject(new Error('the file was taken')),
    (thrown: ConfigError) => thrown,
  )
  return error.problems.map(problem => `${problem.where?.line} ${problem.where?.path}: ${problem.message}`)
}

function problemsOfEntry(...entries: string[]): Promise<string[]> {
  return problemsOf(`{"prices": [\n${entries.join(',\n')}\n]}`)
}

test('every problem of a file is told at once, with its line and its path, and nothing is priced', async () => {
  const text = `{
  "prices": [
    {"model": "gpt-4o-mini", "input": "-0.15", "output": "0.60"},
    {"model": "gpt-4o", "input": "2,50", "outptu": "10"},
    {"model": "house-*", "input": "1", "from": "2026-02-30"},
    {"model": "house-*", "input": "1"},
    {"model": "HOUSE-*", "input": "2", "from": "2026-03-01"}
  ],
  "aliases": {
    "our-gpt": "gpt-4oo"
  }
}`
  const error = await parsePriceBook(text, 'prices.json').catch(thrown => thrown as ConfigError)

  expect(error).toMatchObject({
    code: 'bad-prices',
    kind: 'config',
    message: 'prices.json has 6 problems, so nothing can be priced.',
    where: { file: 'prices.json', line: 3, path: 'prices.0.input' },
    hint: 'Fix prices.json, then see the book with "usagebook price list".',
  })
  expect(await problemsOf(text)).toEqual([
    '3 prices.0.input: "-0.15" is negative; a price is 0 or more',
    '4 prices.1.input: "2,50" is not a decimal; write a price like "0.15"',
    '4 prices.1.outptu: there is no such key; did you mean output?',
    '5 prices.2.from: "2026-02-30" is neither a day (2026-01-01) nor an instant (2026-01-01T12:00:00Z)',
    '7 prices.4: the price of HOUSE-* from 2026-03-01T00:00:00Z overlaps the price of house-* in line 6',
    '10 aliases.our-gpt: the alias our-gpt leads to gpt-4oo, which has no price; did you mean gpt-4o?',
  ])
})

test('a file that is no JSON names the line', async () => {
  const broken = parsePriceBook('{"prices": [\n{"model": "a",}\n]}', 'prices.json')
  await expect(broken).rejects.toMatchObject({
    code: 'bad-json',
    kind: 'config',
    where: { file: 'prices.json', line: 2 },
  })
})

describe('values', () => {
  test.each([
    ['"input": "abc"', '2 prices.0.input: "abc" is not a decimal; write a price like "0.15"'],
    ['"input": true', '2 prices.0.input: true is not a decimal; write a price like "0.15"'],
    ['"input": 1e400', '2 prices.0.input: 1e400 is more than a billion dollars'],
    ['"input": -1e-3', '2 prices.0.input: -1e-3 is negative; a price is 0 or more'],
    [
      '"input": 1, "from": 20260101',
      '2 prices.0.from: 20260101 is neither a day (2026-01-01) nor an instant (2026-01-01T12:00:00Z)',
    ],
    [
      '"input": 1, "to": "2026-01-01T12:00"',
      '2 prices.0.to: "2026-01-01T12:00" has no offset; write it with Z or +01:00',
    ],
    [
      '"input": 1, "above": [{"inputTokens": 1.5, "input": 2}]',
      '2 prices.0.above.0.inputTokens: 1.5 is not a whole number above 0',
    ],
    ['"input": 1, "above": [{"input": 2}]', '2 prices.0.above.0.inputTokens: is missing: expected a whole number'],
    [
      '"input": 1, "offPeak": [{"from": "24:00", "to": "01:00", "input": 1}]',
      '2 prices.0.offPeak.0.from: "24:00" is not a time of day like "16:30"',
    ],
    ['"input": 1, "input": 2', '2 prices.0.input: the key is written twice'],
    ['"output": 1', '2 prices.0: house-7b has prices of tokens but none of input tokens'],
    ['"note": "free?"', '2 prices.0: house-7b has no price of its own; write "input": "0" if it is free'],
    ['"input": 1, "batch": {}', '2 prices.0: house-7b has no price in batch'],
    ['"input": 1, "offPeak": [{"from": "20:00", "to": "01:00"}]', '2 prices.0: house-7b has hours without a price'],
    ['"input": 1, "above": [{"inputTokens": 1}]', '2 prices.0: house-7b has a tier without a price'],
    ['"input": 1, "from": "2026-02-01", "to": "2026-02-01"', '2 prices.0: house-7b ends before it begins'],
    [
      '"input": 1, "above": [{"inputTokens": 5, "input": 2}, {"inputTokens": 5, "input": 3}]',
      '2 prices.0: house-7b has two tiers above the same bound',
    ],
  ])('{%s} is refused', async (rest, problem) => {
    expect(await problemsOfEntry(`{"model": "house-7b", ${rest}}`)).toEqual([problem])
  })
})

describe('overlaps', () => {
  test('one price may begin where the other ends', async () => {
    const book = parsePriceBook(
      '{"prices":[{"model":"a","input":1,"to":"2026-02-01"},{"model":"a","input":2,"from":"2026-02-01"}]}',
      'p',
    )
    await expect(book).resolves.toBeDefined()
  })

  test('prices of several providers do not overlap, nor does an exact name overlap a pattern', async () => {
    const book = parsePriceBook(
      '{"prices":[{"model":"a","input":1,"provider":"groq"},{"model":"a","input":2},{"model":"*","input":3}]}',
      'p',
    )
    await expect(book).resolves.toBeDefined()
  })

  test('two patterns overlap where neither says more and one name fits both', async () => {
    const problems = await problemsOfEntry('{"model": "house-*", "input": 1}', '{"model": "*-house", "input": 2}')
    expect(problems).toEqual(['3 prices.1: the price of *-house overlaps the price of house-* in line 2'])
  })
})

describe('aliases', () => {
  test('an alias that leads back to itself is refused', async () => {
    const problems = await problemsOf('{"aliases": {\n"a": "b",\n"b": "A"}}')
    expect(problems).toEqual([
      '2 aliases.a: the alias a leads back to itself',
      '3 aliases.b: the alias b leads back to itself',
    ])
  })

  test('a name cannot be an alias and have a price', async () => {
    const problems = await problemsOf('{"prices": [{"model": "chat", "input": 1}],\n"aliases": {"Chat": "gpt-4o"}}')
    expect(problems).toEqual(['2 aliases.Chat: Chat is an alias and has a price in line 1'])
  })

  test('an alias may lead to a model that only one provider has', async () => {
    await expect(parsePriceBook('{"aliases": {"oss": "openai/gpt-oss-20b"}}', 'p')).resolves.toBeDefined()
  })

  test('an alias that is no name and no model of a provider is refused', async () => {
    const problems = await problemsOf('{"aliases": {"oss": 5}}')
    expect(problems).toEqual(['1 aliases.oss: expected an object'])
  })
})

test('more tiers than a rate class can tell apart are refused', async () => {
  const tiers = Array.from({ length: 60 }, (_, index) => `{"inputTokens": ${index + 1}, "input": 1}`)
  const problems = await problemsOfEntry(`{"model": "a", "input": 1, "above": [${tiers.join()}]}`)
  expect(problems).toEqual([
    'undefined undefined: the prices begin at 66 different numbers of input tokens; at most 63 can be told apart',
  ])
})

test('a file that is no object is refused', async () => {
  expect(await problemsOf('[]')).toEqual(['1 undefined: expected an object'])
})

test('an alias that is written twice is refused', async () => {
  const problems = await problemsOf('{"aliases": {\n"chat": "gpt-4o",\n"chat": "o3"}}')
  expect(problems).toEqual(['3 aliases.chat: the key is written twice'])
})

test('a top-level key that is unknown is refused, and $schema is known', async () => {
  expect(await problemsOf('{"$schema": "x", "price": []}')).toEqual([
    '1 price: there is no such key; did you mean prices?',
  ])
})
