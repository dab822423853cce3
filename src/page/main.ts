// The script of the page: its tables sort, filter and turn pages, and its charts tell their numbers.
import { readCharts } from './chart-reader.ts'
import { TableView } from './table-view.ts'

readCharts()
for (const table of document.querySelectorAll('table')) new TableView(table)
