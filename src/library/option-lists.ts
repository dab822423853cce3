// Which options each call of the library takes.
import { DASHBOARD, EVENTS, FILTERS, INPUT, MONEY, OUTPUT, RANGE } from '../app/request/parameters.ts'

const { rejects: _rejects, ...INPUTS } = INPUT
const { format: _format, output: _output, columns: _columns, header: _header, bom: _bom, ...VIEW } = OUTPUT
export const LOG_OPTIONS = { ...RANGE, ...FILTERS, ...INPUTS }
export const REPORT_OPTIONS = { ...LOG_OPTIONS, ...VIEW, ...MONEY }
const { limit: _limit, offset: _offset, ...EVENT_VIEW } = EVENTS
export const EVENT_OPTIONS = { ...LOG_OPTIONS, ...EVENT_VIEW }
export const DASHBOARD_OPTIONS = { ...LOG_OPTIONS, ...DASHBOARD, cost: MONEY.cost, idle: OUTPUT.idle }
const { timezone, logTimezone, threads, dedupe, sourceFormat } = LOG_OPTIONS
export const DEFAULTS = { timezone, logTimezone, threads, dedupe, sourceFormat }
export const CHECK_OPTIONS = { logs: INPUT.logs, sourceFormat, timezone, logTimezone }
