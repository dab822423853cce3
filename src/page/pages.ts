// The script of the pages of a server: they show what is new, their tables sort, filter and turn pages, and their charts tell their numbers.
import { readCharts } from './chart-reader.ts'
import { viewTables } from './live-tables.ts'
import { keepFresh } from './refresh.ts'

viewTables(document)
readCharts()
const main = document.querySelector<HTMLElement>('main[data-live]')
if (main !== null) keepFresh(main)
