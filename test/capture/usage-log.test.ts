import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { usageLog } from '../../src/capture/index.ts'
import { openLogFolder } from './log-folder.ts'

const NOON = Date.parse('2026-02-02T12:00:00.250Z')

describe('usageLog', () => {
  it('writes an analysis as one line of the daily file', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir, clock: () => NOON })
    usage.analysis({
      client: 'diageo',
      user: 'anna@diageo.com',
      profile: 'brand_check',
      model: 'gpt-4o',
      inputTokens: 900,
      outputTokens: 80,
      checks: 12,
    })
    await usage.close()
    expect(folder.names()).toEqual(['2026-02-02.jsonl'])
    expect(folder.text()).toBe(
      '{"timestamp":"2026-02-02T12:00:00.250Z","event":"analysis","client":"diageo","user":"anna@diageo.com",' +
        '"profile":"brand_check","model":"gpt-4o","input_tokens":900,"output_tokens":80,"checks":12}\n',
    )
  })

  it('makes the folder, also one that was deleted meanwhile', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: join(folder.dir, 'logs', 'brand-app'), clock: () => NOON })
    usage.activity({ feature: 'export' })
    await usage.close()
    expect(readFileSync(join(folder.dir, 'logs', 'brand-app', '2026-02-02.jsonl'), 'utf8')).toContain('export')
  })

  it('puts its suffix into the file names', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir, suffix: 'api-1', clock: () => NOON })
    usage.activity({ feature: 'export' })
    await usage.close()
    expect(folder.names()).toEqual(['2026-02-02.api-1.jsonl'])
  })

  it('puts an event with a time of its own into the file of that day', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir, clock: () => NOON })
    usage.feedback({ rating: 5, timestamp: '2026-01-31T23:59:59+00:00' })
    await usage.close()
    expect(folder.names()).toEqual(['2026-01-31.jsonl'])
  })

  it('cuts the text of an answer to 1,000 characters and logs its whole length', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir, text: true })
    usage.agentResponse({ text: 'a'.repeat(5000), hasVisualization: true })
    await usage.close()
    expect(folder.events()[0]).toMatchObject({ text: 'a'.repeat(1000), text_length: 5000, has_visualization: true })
  })

  it('logs of a query only its length unless text was asked for', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    usage.userQuery({ text: 'how many logos fail?', suggested: true })
    await usage.close()
    expect(folder.events()[0]).toMatchObject({ event: 'user_query', text_length: 20, suggested: true })
    expect(folder.text()).not.toContain('logos')
  })

  it('takes message and class of an Error', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    usage.error({ error: new RangeError('the logo is too large') })
    await usage.close()
    expect(folder.events()[0]).toMatchObject({
      error: 'the logo is too large',
      error_type: 'RangeError',
      status: 'error',
    })
  })

  it('counts the entries of checks given as a list', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    usage.analysis({ checks: ['logo', 'colour', 'claim'] })
    await usage.close()
    expect(folder.events()[0]).toMatchObject({ checks: 3 })
  })

  it('writes custom events with their name and data', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    usage.custom('export', { pages: [1, 2] }, { client: 'diageo' })
    await usage.close()
    expect(folder.events()[0]).toMatchObject({
      event: 'custom',
      name: 'export',
      data: { pages: [1, 2] },
      client: 'diageo',
    })
  })

  it('leaves wrong values out of their event and counts them', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir, clock: () => NOON })
    const wrong = {
      client: 'diageo',
      user: { email: 'anna@diageo.com' },
      inputTokens: -5,
      outputTokens: 1.5,
      costUsd: 'much',
      durationMs: Number.NaN,
      status: 'fine',
      colour: 'red',
      timestamp: 'yesterday',
    }
    usage.analysis(wrong as object)
    await usage.close()
    expect(folder.text()).toBe('{"timestamp":"2026-02-02T12:00:00.250Z","event":"analysis","client":"diageo"}\n')
    expect(usage.counts()).toMatchObject({ logged: 1, invalidEvents: 0, invalidValues: 8 })
  })

  it('leaves out cached tokens that would be more than the input', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    usage.analysis({ inputTokens: 100, cacheReadTokens: 90, cacheWriteTokens: 20, outputTokens: 5, reasoningTokens: 6 })
    await usage.close()
    expect(folder.events()[0]).not.toHaveProperty('cache_read_tokens')
    expect(folder.events()[0]).not.toHaveProperty('reasoning_tokens')
    expect(usage.counts().invalidValues).toBe(3)
  })

  it('keeps cached tokens that are counted beside the input', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    usage.analysis({ inputTokens: 10, cacheReadInputTokens: 4000, outputTokens: 5 })
    await usage.close()
    expect(folder.events()[0]).toMatchObject({ input_tokens: 10, cache_read_input_tokens: 4000 })
  })

  it('drops feedback without a rating from 1 to 5, and counts it', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    usage.feedback({ rating: 6 })
    usage.feedback({} as { rating: number })
    await usage.close()
    expect(folder.names()).toEqual([])
    expect(usage.counts()).toMatchObject({ logged: 0, invalidEvents: 2 })
  })

  it('throws for nothing that an application hands over', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    const trap = {
      get client(): string {
        throw new Error('no such row')
      },
    }
    const circle: Record<string, unknown> = {}
    circle.self = circle
    usage.analysis(trap)
    usage.analysis(null as unknown as object)
    usage.analysis(undefined as unknown as object)
    usage.custom('circle', circle)
    usage.custom('big', 12n)
    usage.custom('row', {}, trap)
    usage.activity(new Proxy({}, { ownKeys: () => Reflect.ownKeys(undefined as never) }))
    await usage.close()
    expect(usage.counts()).toMatchObject({ logged: 2, invalidEvents: 5, invalidValues: 2 })
  })

  it('logs what was said after closing as dropped', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir })
    await usage.close()
    usage.activity({ feature: 'export' })
    await usage.close()
    expect(folder.names()).toEqual([])
    expect(usage.counts().dropped).toBe(1)
  })

  it('appends to a file that another writer left torn, on a line of its own', async () => {
    const folder = openLogFolder()
    const first = usageLog({ dir: folder.dir, clock: () => NOON })
    first.activity({ feature: 'export' })
    await first.close()
    const { appendFileSync } = await import('node:fs')
    appendFileSync(join(folder.dir, '2026-02-02.jsonl'), '{"timestamp":"2026-')
    const second = usageLog({ dir: folder.dir, clock: () => NOON })
    second.activity({ feature: 'import' })
    await second.close()
    const lines = folder.text().split('\n')
    expect(JSON.parse(lines[2]!)).toMatchObject({ feature: 'import' })
  })

  it('names the option that cannot be used', () => {
    const wrong: [object, string][] = [
      [{ dir: '' }, 'dir'],
      [{ timezone: 'Mars/Base' }, 'timezone'],
      [{ suffix: '../x' }, 'suffix'],
      [{ suffix: 'api-2026-03-01' }, 'suffix'],
      [{ flushMs: 0 }, 'flushMs'],
      [{ maxBufferBytes: 10 }, 'maxBufferBytes'],
      [{ address: 'half' }, 'address'],
      [{ address: 'hash' }, 'address'],
      [{ pseudonymize: { key: 'short' } }, 'pseudonymize.key'],
      [{ pseudonymise: { key: 'a key that is long enough' } }, 'pseudonymise'],
      [{ flushMs: '100' }, 'flushMs'],
      ['usage_logs' as unknown as object, 'options'],
    ]
    for (const [options, path] of wrong)
      expect(() => usageLog(options)).toThrow(expect.objectContaining({ code: 'bad-capture-option', where: { path } }))
  })

  it('names the option of a middleware that cannot be used', () => {
    const usage = usageLog({ dir: openLogFolder().dir })
    const wrong: [object, string][] = [
      [{ skipped: ['/health'] }, 'skipped'],
      [{ query: 'page' }, 'query'],
      [{ trustedProxies: true }, 'trustedProxies'],
      [{ usageFrom: 'body' }, 'usageFrom'],
      [{ session: { idleMs: 5 } }, 'session'],
      [{ session: { cookie: 'sid', idle: 5 } }, 'session.idle'],
    ]
    for (const [options, path] of wrong)
      expect(() => usage.middleware(options)).toThrow(
        expect.objectContaining({ code: 'bad-capture-option', where: { path } }),
      )
  })

  it('stays in its folder where the application changes to another', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: relative(process.cwd(), folder.dir), clock: () => NOON })
    const before = process.cwd()
    process.chdir('/')
    onTestFinished(() => process.chdir(before))
    usage.activity({ feature: 'export' })
    await usage.close()
    expect(folder.names()).toEqual(['2026-02-02.jsonl'])
  })

  // Each listens to the end of the process, of which Node warns from the eleventh listener on.
  it('can be opened thirty times in a process without a warning of a leak', async () => {
    const warnings: Error[] = []
    const keep = (warning: Error) => void warnings.push(warning)
    process.on('warning', keep)
    onTestFinished(() => void process.off('warning', keep))
    const logs = Array.from({ length: 30 }, (_, index) => ({ folder: openLogFolder(), index })).map(
      ({ folder, index }) => {
        const usage = usageLog({ dir: folder.dir, suffix: `app-${index}`, clock: () => NOON })
        usage.activity({ feature: 'export' })
        return { folder, usage }
      },
    )
    await Promise.all(logs.map(({ usage }) => usage.close()))
    await new Promise(tell => setImmediate(tell))
    expect(warnings).toEqual([])
    expect(logs.map(({ folder }) => folder.names().length)).toEqual(logs.map(() => 1))
  })
})
