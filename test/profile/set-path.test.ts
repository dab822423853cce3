import { describe, expect, it } from 'vitest'
import { applyPathEdits, parseSet, parseUnset } from '../../src/profile/set-path.ts'

const TEXT = '{"name": "Brand check", "pass_threshold": 80, "tags": ["eu", "us"], "checks": {"logo": {"weight": 2}}}'

describe('--set', () => {
  it.each([
    ['pass_threshold=85', ['pass_threshold'], '85'],
    ['checks.logo.weight=1.50', ['checks', 'logo', 'weight'], '1.50'],
    ['name=Brand check', ['name'], '"Brand check"'],
    ['name="85"', ['name'], '"85"'],
    ['note=a=b', ['note'], '"a=b"'],
    ['note=', ['note'], '""'],
    ['checks.tone={"weight": 1}', ['checks', 'tone'], '{"weight": 1}'],
    ['checks.v1\\.2=true', ['checks', 'v1.2'], 'true'],
    ['big=12345678901234567890', ['big'], '12345678901234567890'],
    ['odd=01', ['odd'], '"01"'],
  ])('reads %s', (text, path, json) => {
    expect(parseSet(text)).toEqual({ path, json })
  })

  it.each([
    ['pass_threshold', 'has no "="; write path=value'],
    ['=85', 'has an empty step'],
    ['checks..weight=1', 'has an empty step'],
    ['__proto__.polluted=1', '"__proto__" is not allowed in a path'],
    ['checks.constructor.prototype=1', '"constructor" is not allowed in a path'],
    ['version=7', '"version" is kept by usagebook'],
    ['created_by=me', '"created_by" is kept by usagebook'],
  ])('refuses %s', (text, message) => {
    expect(parseSet(text)).toMatchObject({ message })
  })
})

describe('applying paths', () => {
  it.each([
    ['pass_threshold.x=1', '"pass_threshold" is 80, which has nothing inside'],
    ['tags.first=1', '"tags" is a list of 2, which has no place "first"'],
    ['tags.3=1', '"tags" is a list of 2, which has no place "3"'],
  ])('refuses --set %s', (text, message) => {
    expect(problemsOf([parseSet(text)])).toEqual([message])
  })

  it.each([
    ['checks.lgo', 'there is no "lgo" in "checks"; did you mean "logo"?'],
    ['tags.2', '"tags" is a list of 2, which has no place "2"'],
    ['zzz', 'there is no "zzz"'],
  ])('refuses --unset %s', (text, message) => {
    expect(problemsOf([parseUnset(text)])).toEqual([message])
  })

  it('puts a value into a list and behind its end', () => {
    const { text } = applyPathEdits(TEXT, [parseSet('tags.0=uk'), parseSet('tags.2=fr')] as never)
    expect(JSON.parse(text).tags).toEqual(['uk', 'us', 'fr'])
  })

  it('changes nothing of any other object', () => {
    applyPathEdits(TEXT, [{ path: ['checks', 'x'], json: '{"__proto__": {"polluted": 1}}' }])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

function problemsOf(edits: unknown[]): string[] {
  return applyPathEdits(TEXT, edits as never).problems.map(problem => problem.message)
}
