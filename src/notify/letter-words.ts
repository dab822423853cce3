// What people read of a message, in the order in which they read it: the same in mail and chat.
import { visibleText } from '../base/safe-text.ts'
import type { Message, MessageKind } from './message.ts'

const KINDS: Readonly<Record<MessageKind, string>> = { fire: 'Firing', remind: 'Still firing', resolve: 'Over' }

export interface LetterWords {
  /** "Firing (high): Budget diageo: $412.10 of $500.00" */
  readonly title: string
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly causes: readonly (readonly [name: string, value: string])[]
  readonly next: string
  readonly link: string | undefined
}

export function wordsOf(message: Message): LetterWords {
  const scope = Object.entries(message.labels).map(([name, value]) => `${name} ${value}`)
  const facts: (readonly [string, string])[] = [
    ['Rule', message.rule],
    ...(scope.length === 0 ? [] : [['Scope', scope.join(', ')] as const]),
    ['Value', message.value],
    ['Limit', message.limit],
    ['Window', message.window],
    ['Since', message.since],
  ]
  return {
    title: visibleText(`${KINDS[message.kind]} (${message.severity}): ${message.title}`),
    facts: facts.map(([name, value]) => [name, visibleText(value)]),
    causes: message.causes.map(({ name, value }) => [visibleText(name), visibleText(value)]),
    next: visibleText(message.next),
    link: message.link,
  }
}

/** All of it as text that can stand alone. */
export function plainLetter({ title, facts, causes, next, link }: LetterWords): string {
  const names = [...facts, ...causes].map(([name]) => name.length)
  const width = names.reduce((widest, length) => Math.max(widest, length), 0)
  const lines = (pairs: LetterWords['facts']) => pairs.map(([name, value]) => `${name.padEnd(width)}  ${value}`)
  return [
    title,
    '',
    ...lines(facts),
    ...(causes.length === 0 ? [] : ['', 'Largest causes:', ...lines(causes)]),
    '',
    `Next: ${next}`,
    ...(link === undefined ? [] : [link]),
    '',
  ].join('\n')
}
