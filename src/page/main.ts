// The script of the page: its tables sort, filter and turn pages.
import { TableView } from './table-view.ts'

for (const table of document.querySelectorAll('table')) new TableView(table)
