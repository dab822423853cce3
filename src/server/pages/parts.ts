// Parts that several pages are made of: tables, facts, choices between views, and the way through long lists.
import { UsagebookError } from '../../base/errors.ts'
import { html, type Markup, type MarkupPart } from '../../render/html/markup.ts'
import { addressOf } from '../address.ts'
import { ProblemError } from '../problem.ts'
import type { Call } from '../route.ts'
import { hrefOf } from './frame.ts'
import { viewHref } from './view.ts'

/** Whether nothing could be answered because the workspace has no folder of logs yet. */
export function hasNoLogs(error: unknown): boolean {
  const code = error instanceof ProblemError ? error.problem.code : error instanceof UsagebookError ? error.code : ''
  return code === 'no-such-logs'
}

/** The most rows of a table on one page. */
export const PAGE_ROWS = 50

/** The address of a page, with what is asked of it. */
export function pathTo(
  { services }: Pick<Call, 'services'>,
  path: string,
  query: Readonly<Record<string, string | number>> = {},
): string {
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  )
  return addressOf(hrefOf(services, path), search)
}

export interface TableParts {
  readonly caption: string
  /** Numbers are right-aligned. */
  readonly heads: readonly { readonly title: string; readonly isNumber?: boolean }[]
  /** The first cell names the row. */
  readonly rows: readonly (readonly MarkupPart[])[]
  /** What is said where there are no rows. */
  readonly empty: MarkupPart
}

/** It is not for the script: what it shows is a page of a list that the server keeps. */
export function table({ caption, heads, rows, empty }: TableParts): Markup {
  if (rows.length === 0) return html`<p class="empty panel">${empty}</p>`
  const cells = (row: readonly MarkupPart[]) =>
    row.map((cell, index) => {
      if (index === 0) return html`<th scope="row">${cell}</th>`
      return heads[index]!.isNumber === true ? html`<td class="n">${cell}</td>` : html`<td>${cell}</td>`
    })
  const titles = heads.map(({ title, isNumber }) =>
    title === '' ? html`<td></td>` : html`<th scope="col"${isNumber === true ? html` class="n"` : null}>${title}</th>`,
  )
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${titles}</tr></thead><tbody>${rows.map(
    row => html`<tr>${cells(row)}</tr>
`,
  )}</tbody></table></div>`
}

/** Names and what is known of them, under each other. */
export function facts(list: readonly (readonly [string, MarkupPart])[]): Markup {
  return html`<dl class="details">${list.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`
}

/** Views of one thing, of which one is shown. */
export function views(
  label: string,
  list: readonly { readonly label: string; readonly href: string; readonly isCurrent: boolean }[],
): Markup {
  const links = list.map(
    ({ label: words, href, isCurrent }) =>
      html`<li><a href="${href}"${isCurrent ? html` aria-current="page"` : null}>${words}</a></li>`,
  )
  return html`<nav class="choice" aria-label="${label}"><ul>${links}</ul></nav>`
}

export function button(href: string, label: string): Markup {
  return html`<a class="button" href="${href}">${label}</a>`
}

/** Where the reader is in a long list, and the pages before and after. */
export function pager(
  call: Pick<Call, 'url'>,
  { total, offset, limit }: { readonly total: number; readonly offset: number; readonly limit: number },
): Markup | null {
  if (total <= limit && offset === 0) return null
  const to = (place: number, words: string) =>
    html`<a class="button" href="${viewHref(call, { offset: place === 0 ? null : String(place) })}">${words}</a>`
  const last = Math.min(offset + limit, total)
  return html`<nav class="pager" aria-label="Pages of the list"><span>${Math.min(offset + 1, total)} to ${last} of ${total}</span>
${offset > 0 ? to(Math.max(0, offset - limit), 'Previous') : null}${last < total ? to(offset + limit, 'Next') : null}</nav>`
}

/** An instant for reading, in UTC; a dash where it is not known. */
export function when(instant: string | null | undefined): MarkupPart {
  if (instant === null || instant === undefined) return '–'
  const text = instant.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*$/, '$1 $2')
  return html`<time datetime="${instant}">${text}</time>`
}
