// A table of the page with its controls: a filter, heads that sort, and pages where there are many rows.
import { withThousands } from '../base/thousands.ts'
import { type PageTable, renderRow } from '../render/html/table-row.ts'
import { chooseRows, type Sorting, searchText } from './table-rows.ts'
import { sumRows } from './table-sum.ts'

const PAGE_ROWS = 50
const PRINTED_ROWS = 1000
/** A table of fewer rows is seen at a glance. */
const LEAST_FILTERED = 6

export class TableView {
  private readonly body: HTMLTableSectionElement
  private readonly heads: HTMLTableCellElement[]
  private table: PageTable
  private texts: string[]
  private readonly title: string
  private readonly filter = element('input', { type: 'search', placeholder: 'Filter' })
  private readonly state = element('span', { role: 'status' })
  private readonly previous = element('button', { type: 'button' }, '← Previous')
  private readonly next = element('button', { type: 'button' }, 'Next →')
  private readonly element: HTMLTableElement
  private controls: HTMLElement | null = null
  private sorting: Sorting | null = null
  private page = 0
  private pageRows = PAGE_ROWS
  /** Under the rows where all of them are shown: what was left out of the report. */
  private foot: string

  constructor(table: HTMLTableElement) {
    this.element = table
    this.body = table.tBodies[0]!
    this.heads = [...table.tHead!.rows[0]!.cells]
    this.title = table.caption!.textContent ?? ''
    this.foot = table.tFoot?.innerHTML ?? ''
    const scroll = table.parentElement!
    const data = scroll.parentElement!.querySelector('script[type="application/json"]')!
    this.table = JSON.parse(data.textContent!) as PageTable
    this.texts = this.table.rows.map(row => searchText(this.table, row))
    scroll.parentElement!.querySelector('.left-out')?.remove()
    this.makeHeads()
    if (this.table.rows.length >= LEAST_FILTERED) this.makeControls(scroll)
    if (this.table.rows.length > PAGE_ROWS) this.draw()
    addEventListener('beforeprint', () => this.drawWith(PRINTED_ROWS))
    addEventListener('afterprint', () => this.drawWith(PAGE_ROWS))
  }

  /** Takes the rows of a table that came later. False where it has other columns. */
  take(next: HTMLTableElement, data: string): boolean {
    const heads = [...next.tHead!.rows[0]!.cells].map(head => head.textContent)
    if (heads.join('\n') !== this.heads.map(head => head.textContent).join('\n')) return false
    this.table = JSON.parse(data) as PageTable
    this.texts = this.table.rows.map(row => searchText(this.table, row))
    this.foot = next.tFoot?.innerHTML ?? ''
    this.draw()
    return true
  }

  end(): void {
    this.controls?.remove()
  }

  private makeHeads(): void {
    this.heads.forEach((head, column) => {
      const button = element('button', { type: 'button' }, head.textContent ?? '')
      button.addEventListener('click', () => this.sort(column))
      head.replaceChildren(button)
    })
  }

  private makeControls(scroll: Element): void {
    const controls = element('div', { class: 'controls' })
    this.filter.setAttribute('aria-label', `Filter ${this.title.toLowerCase()}`)
    this.filter.addEventListener('input', () => {
      this.page = 0
      this.draw()
    })
    this.previous.addEventListener('click', () => this.turn(-1))
    this.next.addEventListener('click', () => this.turn(1))
    controls.append(this.filter, this.state, this.previous, this.next)
    scroll.before(controls)
    this.controls = controls
    this.draw()
  }

  private turn(pages: number): void {
    this.page += pages
    this.draw()
  }

  // Numbers from the highest first, texts from the first; the second time the other way round.
  private sort(column: number): void {
    const { kind } = this.table.columns[column]!
    const isText = kind === 'text' || kind === 'list'
    const isAscending = this.sorting?.column === column ? !this.sorting.isAscending : isText
    this.sorting = { column, isAscending }
    this.page = 0
    this.heads.forEach((head, index) => {
      if (index === column) head.setAttribute('aria-sort', isAscending ? 'ascending' : 'descending')
      else head.removeAttribute('aria-sort')
    })
    this.draw()
  }

  private drawWith(pageRows: number): void {
    this.pageRows = pageRows
    this.draw()
  }

  private rowText(row: number): string {
    return renderRow(this.table, this.table.rows[row]!, null, this.table.metrics?.[row], this.table.hrefs?.[row]).text
  }

  private draw(): void {
    const chosen = chooseRows(this.table, this.texts, this.filter.value, this.sorting)
    const first = this.page * this.pageRows
    const shown = chosen.slice(first, first + this.pageRows)
    // Every text in the rows is escaped by renderRow, here as in the file.
    this.body.innerHTML = shown.map(row => this.rowText(row)).join('')
    this.state.textContent = describe(first, shown.length, chosen.length, this.table.rows.length)
    this.drawFoot(chosen)
    this.previous.hidden = this.next.hidden = chosen.length <= this.pageRows
    this.previous.disabled = first === 0
    this.next.disabled = first + this.pageRows >= chosen.length
  }

  // The sum of what is chosen, in place of what was left out of the report, where no choice is made.
  private drawFoot(chosen: readonly number[]): void {
    const isAll = chosen.length === this.table.rows.length
    const isAdded = this.table.columns.some(({ isSum }) => isSum) && chosen.length > 1
    const sum = `Sum of ${withThousands(String(chosen.length))} rows`
    const foot = isAll || !isAdded ? '' : renderRow(this.table, sumRows(this.table, chosen), sum).text
    const shown = isAll ? this.foot : foot
    if (shown === '') this.element.tFoot?.remove()
    else this.element.createTFoot().innerHTML = shown
  }
}

function describe(first: number, shown: number, chosen: number, all: number): string {
  const count = (value: number) => withThousands(String(value))
  const rows = chosen === all ? `${count(all)} rows` : `${count(chosen)} of ${count(all)} rows`
  return shown < chosen ? `${count(first + 1)} to ${count(first + shown)} of ${rows}` : rows
}

function element<Name extends 'input' | 'span' | 'button' | 'div'>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  text = '',
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.textContent = text
  return made
}
