// HTML that mail programs show, Outlook among them: tables with their style in each cell, and bars that are cells.
import { htmlText } from './safe-text.ts'

export const MAIL_FONT = 'font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:20px;color:#1b1f24'

const BAR_WIDTH = 160

export function mailCell(content: string, style = ''): string {
  return `<td valign="top" style="padding:4px 12px;${MAIL_FONT};${style}">${content}</td>`
}

/** `length` is from 0 to 1; nothing is drawn of less than a pixel. */
export function mailBar(length: number, color: string, width = BAR_WIDTH): string {
  const full = Math.round(Math.min(1, Math.max(0, length)) * width)
  if (full === 0) return ''
  const cell = `<td width="${full}" height="6" bgcolor="${color}" style="font-size:1px;line-height:6px">&nbsp;</td>`
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>${cell}</tr></table>`
}

/** What stands around the tables of a mail. */
export function mailPage(title: string, content: string): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${htmlText(title)}</title></head><body style="margin:0;padding:16px;background:#ffffff">${content}</body></html>\n`
}
