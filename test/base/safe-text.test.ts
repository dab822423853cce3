import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { htmlText, markdownText, spreadsheetText, visibleText } from '../../src/base/safe-text.ts'
import { anyText } from '../support/any-text.ts'

describe('visibleText', () => {
  test.each([
    ['\u001b[2J', '\\x1b[2J'],
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['\u0007\u007f\u009b31m', '\\x07\\x7f\\x9b31m'],
    ['invoice\u202efdp.exe', 'invoice\\u202efdp.exe'],
    ['\u2066hidden\u2069', '\\u2066hidden\\u2069'],
    ['a\u2028b\ufeff', 'a\\u2028b\\ufeff'],
    ['half \ud83d of a pair', 'half \\ud83d of a pair'],
    ['di\u200bageo\u2060', 'di\\u200bageo\\u2060'],
    ['hi\u{e0069}\u{e0067}', 'hi\\u{e0069}\\u{e0067}'],
    ['\u{1f3f4}\u{e0069}', '\u{1f3f4}\\u{e0069}'],
    ['\ufff9note\ufffb', '\\ufff9note\\ufffb'],
  ])('shows %j as %s', (text, shown) => {
    expect(visibleText(text)).toBe(shown)
  })

  test('leaves words of any script, accents and emoji as they are', () => {
    const text = 'Zoë Łukasz 田中 مرحبا שלום 👩‍🔬 é 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} नमस्ते'
    expect(visibleText(text)).toBe(text)
  })

  test('lets no control character through, whatever the text', () => {
    fc.assert(
      fc.property(anyText, text => {
        expect(visibleText(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
      }),
    )
  })
})

describe('spreadsheetText', () => {
  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '\u00a0+1',
    '\u3000@A1',
    '\u200b=1',
    '\ufeff-1',
    '\uff1d1+1',
    ' \uff0b1',
    '\uff0d1',
    '\uff20A1',
  ])('puts an apostrophe before %j', text => {
    expect(spreadsheetText(text)).toBe(`'${text}`)
  })

  test.each(['diageo', 'a=b', '', 'anna@diageo.com', "'quoted'"])('leaves %j as it is', text => {
    expect(spreadsheetText(text)).toBe(text)
  })
})

test('htmlText leaves nothing that opens a tag, an entity or an attribute', () => {
  expect(htmlText(`<img src=x onerror="alert('1')">&\``)).toBe(
    '&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;&#96;',
  )
})

describe('markdownText', () => {
  test.each([
    [
      'a|b\n[x](javascript:1) <b> *c* `d` ~e~ & \\',
      'a\\|b\\\\n\\[x\\](javascript:1) &lt;b&gt; \\*c\\* \\`d\\` \\~e\\~ &amp; \\\\',
    ],
    ['![x](http://tracker.example/1.png)', '!\\[x\\](http://tracker.example/1.png)'],
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['---', '\\---'],
    ['claude-sonnet-4-5', 'claude-sonnet-4-5'],
    ['brand_check', 'brand\\_check'],
    ['2026-02-02, 2 February 2026', '2026-02-02, 2 February 2026'],
  ])('writes %j as %s', (text, escaped) => {
    expect(markdownText(text)).toBe(escaped)
  })
})
