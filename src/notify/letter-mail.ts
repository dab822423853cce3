// A letter as mail: text, and HTML of the kind that Outlook shows, which is tables with their style in each cell.
import { createHash } from 'node:crypto'
import { htmlText } from '../base/safe-text.ts'
import { type LetterWords, plainLetter, wordsOf } from './letter-words.ts'
import type { Letter } from './outbox.ts'
import type { Mail } from './send-mail.ts'

const FONT = 'font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:20px;color:#1b1f24'
const COLORS: Readonly<Record<string, string>> = {
  low: '#57606a',
  medium: '#9a6700',
  high: '#bc4c00',
  critical: '#b42318',
}
const OVER = '#1a7f37'

export function letterMail({ id, message }: Letter): Mail {
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
  const whole = (content: string) =>
    `<tr><td colspan="2" style="padding:12px 12px 4px 12px;${FONT}">${content}</td></tr>`
  const parts = [
    `<tr><td colspan="2" bgcolor="${color}" style="padding:10px 12px;${FONT};color:#ffffff"><b>${htmlText(title)}</b></td></tr>`,
    rows(facts),
    ...(causes.length === 0 ? [] : [whole('<b>Largest causes</b>'), rows(causes)]),
    whole(`<b>Next</b><br><span style="font-family:Consolas,monospace">${htmlText(next)}</span>`),
    ...(link === undefined ? [] : [whole(`<a href="${htmlText(link)}">${htmlText(link)}</a>`)]),
  ]
  return mailPage(
    title,
    `<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0">${parts.join('')}</table>`,
  )
}

function cell(content: string, style = ''): string {
  return `<td valign="top" style="padding:4px 12px;${FONT};${style}">${content}</td>`
}

/** What stands around the tables of a mail. */
export function mailPage(title: string, content: string): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${htmlText(title)}</title></head><body style="margin:0;padding:16px;background:#ffffff">${content}</body></html>\n`
}
