// The head of the page: what it may do, how it looks, and its script; all of it in the file.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { builtFile } from '../../base/built-file.ts'
import { html, Markup } from './markup.ts'

const ICON =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"%3E%3Crect x="1" y="8" width="4" height="7" rx="1" fill="%231769aa"/%3E%3Crect x="6" y="4" width="4" height="11" rx="1" fill="%231769aa"/%3E%3Crect x="11" y="1" width="4" height="14" rx="1" fill="%231769aa"/%3E%3C/svg%3E'

/** Nothing is loaded, and nothing runs but the script whose hash is named. */
function policyOf(style: string, script: string): string {
  return `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; img-src data:; base-uri 'none'; form-action 'none'`
}

export interface PageParts {
  readonly head: Markup
  /** Stands at the end of the page. */
  readonly script: Markup
}

export function renderHead(title: string): PageParts {
  const style = readFileSync(builtFile('page.css'), 'utf8').trim()
  const script = readFileSync(builtFile('page.js'), 'utf8').trim()
  return {
    head: html`<head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="${ICON}">
<style>${new Markup(style)}</style></head>`,
    script: html`<script>${new Markup(script)}</script>`,
  }
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
