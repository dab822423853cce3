// A letter as mail: text, and HTML of the kind that Outlook shows, which is tables with their style in each cell.
import { createHash } from 'node:crypto'
import { mailCell as cell, MAIL_FONT as FONT, mailBar, mailPage } from '../base/mail-markup.ts'
import { htmlText } from '../base/safe-text.ts'
import { type LetterWords, plainLetter, wordsOf } from './letter-words.ts'
import type { Letter } from './outbox.ts'
import type { Mail } from './send-mail.ts'

const COLORS: Readonly<Record<string, string>> = {
  low: '#57606a',
  medium: '#9a6700',
  high: '#bc4c00',
  critical: '#b42318',
}
const OVER = '#1a7f37'

export function letterMail({ id, message, mail }: Letter): Mail {
  if (mail !== undefined) return { name: id, ...mail }
  const words = wordsOf(message)
  const episode = JSON.stringify([message.rule, Object.entries(message.labels).sort(), message.episode])
  const color = message.kind === 'resolve' ? OVER : COLORS[message.severity]!
  return {
    name: id,
    thread: `episode_${createHash('sha256').update(episode).digest('hex').slice(0, 32)}`,
    subject: words.title,
    text: plainLetter(words),
    html: htmlOf(words, color),
    attachments: [],
  }
}

function htmlOf({ title, facts, causes, next, link }: LetterWords, color: string): string {
  const rows = (pairs: LetterWords['facts']) =>
    pairs.map(([name, value]) => `<tr>${cell(htmlText(name), 'color:#57606a;')}${cell(htmlText(value))}</tr>`).join('')
  const lengths = barLengths(causes.map(([, value]) => value))
  const causeRows = causes.map(([name, value], at) => {
    const bar = lengths === undefined ? '' : mailBar(lengths[at]!, color)
    return `<tr>${cell(htmlText(name), 'color:#57606a;')}${cell(`${htmlText(value)}${bar}`)}</tr>`
  })
  const whole = (content: string) =>
    `<tr><td colspan="2" style="padding:12px 12px 4px 12px;${FONT}">${content}</td></tr>`
  const parts = [
    `<tr><td colspan="2" bgcolor="${color}" style="padding:10px 12px;${FONT};color:#ffffff"><b>${htmlText(title)}</b></td></tr>`,
    rows(facts),
    ...(causes.length === 0 ? [] : [whole('<b>Largest causes</b>'), causeRows.join('')]),
    whole(`<b>Next</b><br><span style="font-family:Consolas,monospace">${htmlText(next)}</span>`),
    ...(link === undefined ? [] : [whole(`<a href="${htmlText(link)}">${htmlText(link)}</a>`)]),
  ]
  return mailPage(
    title,
    `<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0">${parts.join('')}</table>`,
  )
}

/** From 0 to 1, against the largest; undefined where the values are not all numbers of one thing. */
export function barLengths(values: readonly string[]): readonly number[] | undefined {
  const parts = values.map(value => /^(\D*?)(\d[\d,]*(?:\.\d+)?)(\D*)$/.exec(value))
  const units = new Set(parts.map(part => (part === null ? null : `${part[1]} ${part[3]!.replace(/s$/, '')}`)))
  const numbers = parts.map(part => Number((part?.[2] ?? '').replaceAll(',', '')))
  const most = numbers.reduce((largest, number) => Math.max(largest, number), 0)
  return units.size === 1 && !units.has(null) && most > 0 ? numbers.map(number => number / most) : undefined
}
