// The tables of a page that changes under them: what their reader has sorted, filtered and turned to stays.
import { TableView } from './table-view.ts'

const views = new WeakMap<Element, TableView>()

/** Makes views of the tables that have none yet. */
export function viewTables(root: ParentNode): void {
  for (const table of root.querySelectorAll('table')) {
    if (!views.has(table) && dataOf(table) !== null) views.set(table, new TableView(table))
  }
}

/** What becomes of the tables while a new page takes the place of the one that is shown. */
export function keptTables(page: Document) {
  return {
    /** A table with a view is given the new rows, unless it has other columns by now. */
    mayMorph(old: Node, next: Node): boolean {
      const view = old instanceof HTMLTableElement ? views.get(old) : undefined
      if (view === undefined || !(old instanceof HTMLTableElement) || !(next instanceof HTMLTableElement)) return true
      const data = dataOf(next)
      if (data === null || !view.take(next, data)) {
        const fresh = document.importNode(next, true)
        view.end()
        old.replaceWith(fresh)
      }
      return false
    },
    /** What views take out of a page. */
    isInPlace: (node: Node): boolean => node instanceof Element && node.matches('.left-out') && page.contains(node),
    /** What views put into it. */
    isOwn: (node: Node): boolean => node instanceof Element && node.matches('.controls'),
    finish: viewTables,
  }
}

function dataOf(table: HTMLTableElement): string | null {
  return table.parentElement?.parentElement?.querySelector('script[type="application/json"]')?.textContent ?? null
}
