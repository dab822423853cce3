// The script of the pages of a server: they show what is new, and their tables sort, filter and turn pages.
import { viewTables } from './live-tables.ts'
import { keepFresh } from './refresh.ts'

viewTables(document)
const main = document.querySelector<HTMLElement>('main[data-live]')
if (main !== null) keepFresh(main)
