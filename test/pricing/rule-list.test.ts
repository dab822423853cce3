import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fittingRule, type MatchRule } from '../../src/pricing/match-rule.ts'
import { RuleList } from '../../src/pricing/rule-list.ts'

const text = fc.stringMatching(/^[abAB-]{1,4}$/)
const { rule } = fc.letrec<{ rule: MatchRule }>(tie => ({
  rule: fc.oneof(
    { maxDepth: 2 },
    text.map((equals): MatchRule => ({ equals })),
    text.map((starts_with): MatchRule => ({ starts_with })),
    text.map((ends_with): MatchRule => ({ ends_with })),
    text.map((contains): MatchRule => ({ contains })),
    text.map((regex): MatchRule => ({ regex })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((or): MatchRule => ({ or })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((and): MatchRule => ({ and })),
  ),
}))

test('what is found is what asking one rule after the other finds', () => {
  fc.assert(
    fc.property(fc.array(rule), text, fc.func(fc.boolean()), (rules, given, counts) => {
      const name = given.toLowerCase()
      const items = rules.map((each, at) => ({ each, at }))
      const expected = items.find(item => fittingRule(item.each, name) !== undefined && counts(item.at))
      expect(new RuleList(items, ({ each }) => each).first(name, ({ at }) => counts(at))).toBe(expected)
    }),
  )
})
