// The label of a headline, singular or plural: "1 threat", "2 threats".
import type { Headline } from './report.ts'

const SINGULARS: Readonly<Record<string, string>> = { analyses: 'analysis', queries: 'query' }

export function inNumber(headline: Headline): Headline {
  const { label, value, kind } = headline
  if ((kind !== 'count' && kind !== 'tokens') || Number(value) !== 1) return headline
  // Of "events with a duration" the first word that is in the plural.
  return { ...headline, label: SINGULARS[label] ?? label.replace(/(\w)s\b/, '$1') }
}
