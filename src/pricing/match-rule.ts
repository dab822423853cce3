// The rules by which the built-in catalogue matches names, as data, and which part of a rule matches a name.

export type MatchRule =
  | { readonly equals: string }
  | { readonly starts_with: string }
  | { readonly ends_with: string }
  | { readonly contains: string }
  | { readonly regex: string }
  | { readonly or: readonly MatchRule[] }
  | { readonly and: readonly MatchRule[] }

/** The rule in words where it fits a name in lower case, else undefined. Texts are compared without case, regular
 * expressions as they are. */
export function fittingRule(rule: MatchRule, name: string): string | undefined {
  if ('or' in rule) {
    for (const part of rule.or) {
      const fitting = fittingRule(part, name)
      if (fitting !== undefined) return fitting
    }
    return undefined
  }
  if ('and' in rule) {
    const fitting = rule.and.map(part => fittingRule(part, name))
    return fitting.every(part => part !== undefined) ? fitting.join(' and ') : undefined
  }
  if ('equals' in rule) return name === rule.equals.toLowerCase() ? `is "${rule.equals}"` : undefined
  if ('starts_with' in rule)
    return name.startsWith(rule.starts_with.toLowerCase()) ? `starts with "${rule.starts_with}"` : undefined
  if ('ends_with' in rule)
    return name.endsWith(rule.ends_with.toLowerCase()) ? `ends with "${rule.ends_with}"` : undefined
  if ('contains' in rule) return name.includes(rule.contains.toLowerCase()) ? `contains "${rule.contains}"` : undefined
  return new RegExp(rule.regex).test(name) ? `fits /${rule.regex}/` : undefined
}

/** The whole names that a rule lists. */
export function namesOfRule(rule: MatchRule): readonly string[] {
  if ('or' in rule) return rule.or.flatMap(namesOfRule)
  return 'equals' in rule ? [rule.equals] : []
}

/** Texts in lower case of which every name that fits the rule contains one. */
export function piecesOfRule(rule: MatchRule): readonly string[] {
  if ('or' in rule) return rule.or.flatMap(piecesOfRule)
  if ('and' in rule) return piecesOfRule(rule.and[0]!)
  return 'regex' in rule ? [''] : [Object.values(rule).join('').toLowerCase()]
}

/** A rule in words. */
export function describeRule(rule: MatchRule): string {
  if ('or' in rule) return rule.or.map(describeRule).join(' or ')
  if ('and' in rule) return rule.and.map(describeRule).join(' and ')
  const [word, text] = Object.entries(rule)[0] as [string, string]
  return word === 'regex' ? `/${text}/` : word === 'equals' ? text : `${word.replace('_', ' ')} ${text}`
}
