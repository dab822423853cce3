// The text form: what stands where, and that it holds in every width.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textWidth } from '../../src/base/text-width.ts'
import { renderText } from '../../src/render/text.ts'
import type { TextOptions } from '../../src/render/text-options.ts'
import type { Report } from '../../src/report/model/report.ts'
import { CLIENTS, DATES, money, sampleReport, sampleSection } from './sample-report.ts'

const TERMINAL: TextOptions = { width: 80, colorLevel: 0, hasUnicode: true, columns: null }

function linesOf(report: Report, more: Partial<TextOptions> = {}): string[] {
  return renderText(report, { ...TERMINAL, ...more }).split('\n')
}

describe('the text form', () => {
  test('begins with the range, the headline numbers and the facts', () => {
    expect(linesOf(sampleReport()).slice(0, 4)).toEqual([
      'Usage  all, 1 to 3 February 2026 (UTC)',
      '',
      '  $4.80 cost    80 analyses    3.8 % errors',
      '  2 clients · 3 users',
    ])
  })

  test('aligns the columns of all tables with each other', () => {
    const lines = linesOf(sampleReport())
    expect(lines.slice(5, 12)).toEqual([
      'Clients      Cost   Share                Analyses  Tokens  Errors    p95    Mean',
      'diageo      $3.60  75.0 %  ████████████        60  1.20 M       3  2.5 s  900 ms',
      'unilever    $1.20  25.0 %  ████                20   400 k       0  1.8 s  700 ms',
      '',
      'Dates        Cost   Share                Analyses  Tokens  Errors    p95    Mean',
      '2026-02-01  $1.80  37.5 %  ███████▎            30   600 k       1  2.4 s  800 ms',
      '2026-02-02     $0     0 %                       0       0       0      –       –',
    ])
  })

  test('says under the days what their drawing shows', () => {
    expect(linesOf(sampleReport())).toContain('▆▁█  Cost from 2026-02-01 to 2026-02-03, highest $3.00 on 2026-02-03')
  })

  test('draws no line for days on which nothing was', () => {
    const series = { ...DATES.series!, values: [0, 0, 0] }
    expect(linesOf(sampleReport({ sections: [{ ...DATES, series }] })).join('\n')).not.toContain('highest')
  })

  test('puts the line and its label below each other where they do not fit beside each other', () => {
    const lines = linesOf(sampleReport(), { width: 60 })
    const at = lines.indexOf('▆▁█')
    expect(lines[at + 1]).toBe('Cost from 2026-02-01 to 2026-02-03, highest $3.00 on')
  })

  test('gives names their room before the columns that matter least', () => {
    const rows = [['farah.al-sayed@unilever.com', 60, 3, 1_200_000, money('3.6'), 1, 900, 2500]]
    const [head, row] = linesOf(sampleReport({ sections: [sampleSection('Users', rows)] })).slice(5)
    expect(head).toBe('Users                         Cost    Share             Analyses  Tokens  Errors')
    expect(row).toBe('farah.al-sayed@unilever.com  $3.60  100.0 %  █████████        60  1.20 M       3')
  })

  test('names the columns of --columns that have no room', () => {
    const columns = ['name', 'analyses', 'errors', 'total_tokens', 'cost_usd', 'p95_duration_ms', 'mean_duration_ms']
    const lines = linesOf(sampleReport({ sections: [CLIENTS] }), { width: 45, columns })
    expect(lines.slice(5)).toContain('No room for p95, Mean.')
  })

  test('adds up what was left out, after other rows and before days', () => {
    const row = ['', 5, 0, 10, money('0.1'), 0.1, null, null]
    const clients = { ...CLIENTS, rest: { count: 1200, row, isEarlier: false } }
    const dates = { ...DATES, rest: { count: 12, row, isEarlier: true } }
    const names = linesOf(sampleReport({ sections: [clients, dates] })).map(line => line.slice(0, 10).trimEnd())
    expect(names.slice(5, 14)).toEqual([
      'Clients',
      'diageo',
      'unilever',
      '1,200 more',
      '',
      'Dates',
      '12 earlier',
      '2026-02-01',
      '2026-02-02',
    ])
  })

  test('shows what is too small for its column as less than the least', () => {
    const rows = [
      ['diageo', 60, 3, 10, money('3.6'), 0.9999, 900, 2500],
      ['nestle', 1, 0, 10, money('0.0001'), 0.0001, 900, 2500],
    ]
    expect(linesOf(sampleReport({ sections: [sampleSection('Clients', rows)] }))[7]).toContain('<$0.01   <0.1 %')
  })

  test('uses nothing but ASCII where the terminal knows no more', () => {
    const text = renderText(sampleReport({ currency: 'EUR' }), { ...TERMINAL, hasUnicode: false })
    expect(text).toMatch(/^[\n -~]*$/)
    expect(text).toContain('EUR 4.80 cost')
  })

  test('says by colour what signs say too: errors are red, bars are cyan, what is nothing is dim', () => {
    const lines = linesOf(sampleReport(), { colorLevel: 1 })
    expect(lines[6]).toContain('\u001b[31m3\u001b[39m')
    expect(lines[6]).toContain('\u001b[36m████████████\u001b[39m')
    expect(lines[7]).toContain('\u001b[2m0\u001b[22m')
  })

  test('marks changes with their sign, and what was not there before as new', () => {
    const headlines = [
      { label: 'cost', value: money('4.8'), kind: 'money', change: -0.25 },
      { label: 'analyses', value: 80, kind: 'count', change: null },
    ] as const
    expect(linesOf(sampleReport({ headlines }))[2]).toBe('  $4.80 cost (-25.0 %)    80 analyses (new)')
  })

  test('has no line longer than the terminal, whatever the names', () => {
    const names = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom('日本語の名前', '👩‍👩‍👧‍👦'),
    )
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 200 }), fc.array(names, { minLength: 1, maxLength: 5 }), (width, list) => {
        const rows = list.map(name => [name, 60, 3, 1_200_000, money('123456.7'), 0.5, 900, 2500])
        const report = sampleReport({ sections: [sampleSection('Clients', rows), DATES], filters: list, facts: list })
        const widest = Math.max(...linesOf(report, { width }).map(textWidth))
        expect(widest).toBeLessThanOrEqual(Math.min(width, 120))
      }),
    )
  })
})
