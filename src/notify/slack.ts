// Messages for Slack and what understands its blocks: within its limits of 50 blocks, 3,000 characters a text and 13,000 in
// all, with a count of what was cut. The `text` beside the blocks says everything, for who shows no blocks.
import { withThousands } from '../base/thousands.ts'
import { type LetterWords, plainLetter, wordsOf } from './letter-words.ts'
import type { Letter } from './outbox.ts'
import { post } from './post.ts'
import { readSecret } from './secret-reference.ts'
import type { Failure, Sending } from './sending.ts'
import type { Target } from './targets.ts'

const MOST_BLOCKS = 50
const LONGEST_TEXT = 3000
const LONGEST_HEADER = 150
const LONGEST_FIELD = 2000
const MOST_FIELDS = 10
const LONGEST_ALL = 13_000
const LONGEST_LINK = 3000

interface Text {
  readonly type: 'mrkdwn' | 'plain_text'
  readonly text: string
}

export interface Block {
  readonly type: string
  readonly text?: Text
  readonly fields?: readonly Text[]
  readonly elements?: readonly object[]
}

type Slack = Extract<Target, { slack: unknown }>['slack']

export async function sendToSlack(
  { message }: Letter,
  { urlFrom, allowPrivate = false }: Slack,
  sending: Sending,
): Promise<Failure> {
  const address = readSecret(urlFrom, sending)
  if ('problem' in address) return { ...address, isOfTarget: true }
  const body = JSON.stringify(slackBody(wordsOf(message)))
  return await post({ url: address.secret, body, allowPrivate, now: sending.now() })
}

export function slackBody(words: LetterWords): { readonly text: string; readonly blocks: readonly Block[] } {
  return { text: cut(escapeText(plainLetter(words)), LONGEST_ALL), blocks: limitBlocks(blocksOf(words)) }
}

function blocksOf({ title, facts, causes, next, link }: LetterWords): Block[] {
  const isLong = title.length > LONGEST_HEADER
  const lines = causes.map(([name, value]) => `• ${escapeText(name)}: ${escapeText(value)}`)
  const fields = facts.map(([name, value]) => mrkdwn(`*${name}*\n${escapeText(value)}`, LONGEST_FIELD))
  return [
    { type: 'header', text: { type: 'plain_text', text: cut(title, LONGEST_HEADER) } },
    ...(isLong ? [section(escapeText(title))] : []),
    ...inParts(fields, MOST_FIELDS).map(part => ({ type: 'section', fields: part })),
    ...(lines.length === 0 ? [] : [section(`*Largest causes*\n${lines.join('\n')}`)]),
    section(`*Next*\n\`${escapeText(next).replaceAll('`', "'")}\``),
    ...(link === undefined || link.length > LONGEST_LINK
      ? []
      : [section(`<${escapeText(link).replace(/[|>]/g, '')}>`)]),
  ]
}

/** Keeps as many of the first blocks as fit, and says how many do not. */
export function limitBlocks(blocks: readonly Block[]): Block[] {
  const kept: Block[] = []
  // Room for the block that says what is missing.
  let left = LONGEST_ALL - 100
  for (const block of blocks) {
    const length = lengthOf(block)
    const isLast = kept.length === blocks.length - 1
    if (length > left || kept.length >= MOST_BLOCKS - (isLast ? 0 : 1)) break
    kept.push(block)
    left -= length
  }
  const missing = blocks.length - kept.length
  if (missing === 0) return kept
  return [
    ...kept,
    section(`_${withThousands(String(missing))} more ${missing === 1 ? 'part is' : 'parts are'} not shown here._`),
  ]
}

function lengthOf({ text, fields = [] }: Block): number {
  return fields.reduce((sum, field) => sum + field.text.length, text?.text.length ?? 0)
}

function section(text: string): Block {
  return { type: 'section', text: mrkdwn(text, LONGEST_TEXT) }
}

function mrkdwn(text: string, longest: number): Text {
  return { type: 'mrkdwn', text: cut(text, longest) }
}

/** A text of at most so many characters, whose end says how many are missing. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  const note = (missing: number) => `… (${withThousands(String(missing))} more characters)`
  let length = longest - note(text.length).length
  // Neither half a character nor half of what stands for one.
  if (/[\ud800-\udbff]/.test(text[length - 1] ?? '')) length--
  const entity = text.lastIndexOf('&', length)
  if (entity >= 0 && /^&(amp|lt|gt);/.test(text.slice(entity)) && text.indexOf(';', entity) >= length) length = entity
  return `${text.slice(0, length)}${note(text.length - length)}`
}

// So that no name in a log mentions a channel or makes a link.
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function inParts<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, part) => list.slice(part * size, (part + 1) * size))
}
