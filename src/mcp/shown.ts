// A document as it may leave: control characters visible, names by their pseudonyms, long texts and lists cut. What is cut is told.
import { visibleText } from '../base/safe-text.ts'
import type { PlainValue } from '../library/plain-value.ts'
import { type Names, NOT_SHOWN } from './names.ts'

/** How long a text and a list within a row may be. */
export interface Limits {
  readonly characters: number
  readonly items: number
}

/** Texts of a line that was not understood: anything may stand there. */
const RAW_TEXTS: ReadonlySet<string> = new Set(['value', 'firstValue', 'example'])
/** In place of the key, for what the asker has written. */
const ASKED = '(asked)'
/** Of a budget: patterns for each field that it is about. */
const SCOPE = 'scope'
const MOST_KEYS = 100
const LONGEST_ADDRESS = 320

export class Shown {
  /** Whether something was cut so far. */
  isCut = false
  private readonly limits: Limits
  private readonly names: Names

  constructor(limits: Limits, names: Names) {
    this.limits = limits
    this.names = names
  }

  /** `key` is that under which the value stands. */
  value(value: PlainValue, key: string): PlainValue {
    if (typeof value === 'string') return this.text(value, key)
    if (Array.isArray(value)) return this.first(value, this.limits.items).map(item => this.value(item, key))
    if (typeof value !== 'object' || value === null) return value
    if (key === SCOPE) return this.scope(value)
    // The filters are in the words of who asked.
    return this.object(value, own => (key === 'filters' ? ASKED : own))
  }

  private object(value: { [key: string]: PlainValue }, keyFor: (own: string) => string): PlainValue {
    const entries = this.first(Object.entries(value), MOST_KEYS)
    return Object.fromEntries(entries.map(([own, item]) => [this.cut(own), this.value(item, keyFor(own))]))
  }

  private scope(scope: { [key: string]: PlainValue }): PlainValue {
    const shown = Object.entries(scope).map(([field, patterns]): [string, PlainValue] => {
      const show = (item: PlainValue) => (typeof item === 'string' ? this.names.shownPattern(field, item) : item)
      return [field, Array.isArray(patterns) ? patterns.map(show) : patterns]
    })
    return this.object(Object.fromEntries(shown), own => (Array.isArray(scope[own]) ? SCOPE : own))
  }

  private text(text: string, key: string): string {
    if (RAW_TEXTS.has(key)) return NOT_SHOWN
    if (text !== '' && this.names.hides(key)) return this.names.pseudonym(key, text)
    return this.cut(text, key === ASKED)
  }

  private cut(text: string, isAsked = false): string {
    const { characters } = this.limits
    const isLong = text.length > characters
    // Of a text of megabytes only the beginning is looked at. An address that is cut in two is found by what is read beyond it.
    const near = text.slice(0, characters + LONGEST_ADDRESS)
    const shown = visibleText(isAsked ? near : this.names.withoutAddresses(near))
    if (!isLong && shown.length <= characters) return shown
    this.isCut = true
    return `${shown.slice(0, characters - 1)}…`
  }

  private first<Item>(list: readonly Item[], most: number): readonly Item[] {
    if (list.length > most) this.isCut = true
    return list.slice(0, most)
  }
}
