// Keeps a page up to date: asks for it again, and changes what is new in place, so that focus, scroll, open menus, what was
// typed and what is selected stay. Without answers the old numbers stay, and the page says how old they are.
import { Idiomorph } from 'idiomorph'
import { clockTime, describeAge } from './age.ts'
import { keptTables } from './live-tables.ts'

const EVERY_MS = 30_000
/** Sooner where the last answer was none. */
const AGAIN_MS = 5000
const LONGEST_MS = 60_000

export function keepFresh(main: HTMLElement): void {
  let freshAt = Date.now()
  let etag: string | null = null
  let lastAsked = 0
  let lastShown = 0
  let timer = 0
  const state = document.createElement('p')
  state.className = 'stale'
  state.hidden = true
  state.setAttribute('role', 'status')
  main.before(state)

  const plan = (waitMs: number) => {
    clearTimeout(timer)
    if (!document.hidden) timer = setTimeout(ask, waitMs)
  }

  function ask(): void {
    const number = ++lastAsked
    plan(EVERY_MS)
    load(etag).then(
      answer => {
        // Whatever was asked for before is older than what is shown.
        if (number < lastShown) return
        lastShown = number
        freshAt = Date.now()
        state.hidden = true
        if (answer !== undefined) {
          etag = answer.etag
          show(main, answer.page)
        }
        plan(EVERY_MS)
      },
      (error: unknown) => {
        if (number < lastShown) return
        const why =
          error instanceof LoggedOut ? 'You are logged out: load the page again.' : 'The server does not answer.'
        state.textContent = `${why} These numbers are from ${clockTime(freshAt)}, ${describeAge(Date.now() - freshAt)} ago.`
        state.hidden = false
        plan(AGAIN_MS)
      },
    )
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) clearTimeout(timer)
    else plan(Math.max(0, EVERY_MS - (Date.now() - freshAt)))
  })
  plan(EVERY_MS)
}

class LoggedOut extends Error {}

interface Answer {
  readonly etag: string | null
  readonly page: Document
}

/** Undefined where nothing has changed. */
async function load(etag: string | null): Promise<Answer | undefined> {
  const address = new URL(location.href)
  address.searchParams.delete('notice')
  address.hash = ''
  const headers: Record<string, string> = { Accept: 'text/html' }
  if (etag !== null) headers['If-None-Match'] = etag
  const answer = await fetch(address, { headers, cache: 'no-store', signal: AbortSignal.timeout(LONGEST_MS) })
  if (answer.status === 304) return undefined
  if (answer.redirected) throw new LoggedOut()
  if (!answer.ok) throw new Error(`the answer was ${answer.status}`)
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  return { etag: answer.headers.get('etag'), page }
}

function show(main: HTMLElement, page: Document): void {
  const fresh = page.querySelector('main')
  if (fresh === null) return
  const selection = getSelection()
  const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0 } = selection ?? {}
  const isRange = selection?.isCollapsed === false
  const tables = keptTables(page)
  Idiomorph.morph(main, [...fresh.childNodes], {
    morphStyle: 'innerHTML',
    callbacks: {
      beforeNodeMorphed: (old, next) => !hasDraft(old) && tables.mayMorph(old, next),
      beforeNodeAdded: node => !tables.isInPlace(node),
      beforeNodeRemoved: node => !tables.isOwn(node),
      beforeAttributeUpdated: (name, node) => !(name === 'open' && node instanceof HTMLDetailsElement),
    },
  })
  tables.finish(main)
  if (isRange && anchorNode?.isConnected === true && focusNode?.isConnected === true) {
    selection?.setBaseAndExtent(
      anchorNode,
      Math.min(anchorOffset, lengthOf(anchorNode)),
      focusNode,
      Math.min(focusOffset, lengthOf(focusNode)),
    )
  }
}

function lengthOf(node: Node): number {
  return node instanceof CharacterData ? node.length : node.childNodes.length
}

/** Whether somebody typed something into a field or chose something in it. */
function hasDraft(node: Node): boolean {
  if (node instanceof HTMLInputElement && (node.type === 'checkbox' || node.type === 'radio'))
    return node.checked !== node.defaultChecked
  if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) return node.value !== node.defaultValue
  return (
    node instanceof HTMLSelectElement &&
    [...node.options].some(({ selected, defaultSelected }) => selected !== defaultSelected)
  )
}
