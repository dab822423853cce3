// The Markdown form: tables for a chat or an issue, whatever the names are.
import { describe, expect, test } from 'vitest'
import { renderMarkdown } from '../../src/render/markdown.ts'
import { CLIENTS, money, sampleReport, sampleSection } from './sample-report.ts'

function tableOf(names: readonly (string | null)[]): string[] {
  const rows = names.map(name => [name, 1, 0, 10, money('0.5'), 1, 100, 200])
  const text = renderMarkdown(sampleReport({ sections: [sampleSection('Clients', rows)] }), {
    columns: ['name', 'analyses'],
  })
  return text.split('\n').filter(line => line.startsWith('|'))
}

describe('the Markdown form', () => {
  test('is a heading, the range, the headline numbers, tables, notes and the ledger', () => {
    expect(renderMarkdown(sampleReport({ sections: [CLIENTS] }), { columns: null })).toBe(`# Usage

all, 1 to 3 February 2026 (UTC)

**$4.80** cost · **80** analyses · **3.8 %** errors · 2 clients · 3 users

## Clients

| Clients  |  Cost |  Share | Analyses | Tokens | Errors |   p95 |   Mean |
| :------- | ----: | -----: | -------: | -----: | -----: | ----: | -----: |
| diageo   | $3.60 | 75.0 % |       60 | 1.20 M |      3 | 2.5 s | 900 ms |
| unilever | $1.20 | 25.0 % |       20 |  400 k |      0 | 1.8 s | 700 ms |

> 1 line was rejected of 81 read. See it with --rejects FILE.

81 lines of 3 files: 80 used, 1 rejected. Prices: built-in.
`)
  })

  test('says why there is nothing to show', () => {
    const empty = (ledger: object) =>
      renderMarkdown(sampleReport({ sections: [], ledger: { ...sampleReport().ledger, ...ledger } }), { columns: null })
    expect(empty({})).toContain('\n\nOf 81 lines read, none is in this range, passes these filters and counts in')
    expect(empty({ rejected: 81 })).toContain('\n\nOf 81 lines read, none is an event: all were rejected.\n')
    expect(empty({ read: 0, rejected: 0 })).toContain('\n\nNo log line was read: ')
  })

  test('writes the sign of a number as it is', () => {
    const columns = [CLIENTS.columns[0]!, { key: 'cost_change', title: 'Change', kind: 'change' as const }]
    const section = { ...CLIENTS, columns, rows: [['diageo', 0.5]], shown: ['name', 'cost_change'], barKey: null }
    expect(renderMarkdown(sampleReport({ sections: [section] }), { columns: null })).toContain('| diageo  | +50.0 % |')
  })

  test('keeps every cell in its column', () => {
    const lines = tableOf(['a|b', 'c\\|d', 'line\nbreak'])
    expect(lines.slice(2)).toEqual([
      '| a\\|b         |        1 |',
      '| c\\\\\\|d       |        1 |',
      '| line\\\\nbreak |        1 |',
    ])
  })

  test('shows markup as text', () => {
    expect(tableOf(['<script>alert(1)</script>'])[2]).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(tableOf(['*b* _i_ [x](javascript:alert(1))'])[2]).toContain('\\*b\\* \\_i\\_ \\[x\\](javascript:alert(1))')
    expect(tableOf(['nul\u0000 \u202egnp'])[2]).toContain('nul\\\\x00 \\\\u202egnp')
  })

  test('calls nobody and links to nothing', () => {
    expect(tableOf(['@anna'])[2]).toContain('| `@anna` ')
    expect(tableOf(['https://evil.example/|x'])[2]).toContain('| `https://evil.example/\\|x` ')
    expect(tableOf(['`` @anna'])[2]).toContain('| ``` `` @anna ``` ')
  })

  test('does not widen a table for one long name', () => {
    const lines = tableOf(['x'.repeat(100), 'diageo'])
    expect(lines[3]).toBe('| diageo  |        1 |')
  })

  test('writes wide characters in columns of their width', () => {
    expect(tableOf(['日本', 'diageo']).slice(2)).toEqual(['| 日本    |        1 |', '| diageo  |        1 |'])
  })

  test('adds up what was left out with the digits that it needs', () => {
    const rest = { count: 7, row: [null, 5, 0, 10, money('19.68'), 0.1, null, null], isEarlier: true }
    const rows = [['diageo', 1, 0, 10, money('0.5'), 1, 100, 200]]
    const section = sampleSection('Clients', rows, { rest })
    const text = renderMarkdown(sampleReport({ sections: [section] }), { columns: ['name', 'cost_usd'] })
    expect(text).toContain('| 7 earlier | $19.68 |\n| diageo    |  $0.50 |')
  })
})
