// Items with rules, in the order in which they are asked. Whole names are looked up, and only other parts of rules are tried one
// after the other: a report may have a million names of models, and the catalogue has thousands of rules.
import { fittingRule, type MatchRule } from './match-rule.ts'

interface Part {
  /** Of its item in the list. */
  readonly at: number
  readonly fits: (name: string) => boolean
}

export class RuleList<Item> {
  private readonly items: readonly Item[]
  /** Where in the list the items are that list a whole name, first ones first. */
  private readonly byName = new Map<string, number[]>()
  private readonly parts: Part[] = []

  constructor(items: readonly Item[], ruleOf: (item: Item) => MatchRule | undefined) {
    this.items = items
    for (const [at, item] of items.entries()) {
      const rule = ruleOf(item)
      if (rule !== undefined) this.add(rule, at)
    }
  }

  /** The first item whose rule fits a name in lower case, of those that count. */
  first(name: string, counts: (item: Item) => boolean = () => true): Item | undefined {
    const exact = this.byName.get(name)?.find(at => counts(this.items[at]!)) ?? this.items.length
    for (const { at, fits } of this.parts) {
      if (at >= exact) break
      if (fits(name) && counts(this.items[at]!)) return this.items[at]
    }
    return this.items[exact]
  }

  private add(rule: MatchRule, at: number): void {
    if ('or' in rule) for (const part of rule.or) this.add(part, at)
    else if ('equals' in rule) {
      const name = rule.equals.toLowerCase()
      const known = this.byName.get(name)
      if (known === undefined) this.byName.set(name, [at])
      else known.push(at)
    } else this.parts.push({ at, fits: compileRule(rule) })
  }
}

function compileRule(rule: MatchRule): Part['fits'] {
  if ('starts_with' in rule) {
    const start = rule.starts_with.toLowerCase()
    return name => name.startsWith(start)
  }
  if ('ends_with' in rule) {
    const end = rule.ends_with.toLowerCase()
    return name => name.endsWith(end)
  }
  if ('contains' in rule) {
    const piece = rule.contains.toLowerCase()
    return name => name.includes(piece)
  }
  if ('regex' in rule) {
    const pattern = new RegExp(rule.regex)
    return name => pattern.test(name)
  }
  return name => fittingRule(rule, name) !== undefined
}
