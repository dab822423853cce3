import { expect, test } from 'vitest'
import { Group } from '../../../src/report/group/group.ts'
import { buildTable } from '../../../src/report/table/table.ts'
import { sumColumn } from '../../../src/report/table/table-columns.ts'
import { NAME_COLUMN, type TableSpec } from '../../../src/report/table/table-spec.ts'

const SPEC: TableSpec = {
  name: 'groups',
  rowName: 'day',
  title: 'Day',
  keyColumns: [NAME_COLUMN, { key: 'user', title: 'User', kind: 'text' }],
  jsonKeys: ['day', 'user'],
  columns: [sumColumn('analyses', 'count', 'Count')],
  order: ['count'],
  compared: [],
}

const ROWS = [
  ['monday', 'bob', 1],
  ['monday', 'ann', 2],
  ['tuesday', 'ann', 3],
  ['sunday', 'ann', 3],
].map(([day, user, count]) => {
  const group = new Group()
  group.add('analyses', count as number)
  const labels = [day as string, user as string]
  return { keys: labels, labels, group, previous: null }
})

function orderOf(sort: string | null, spec: Partial<TableSpec> = {}, top: number | null = null): string[] {
  const { rows } = buildTable({ ...SPEC, ...spec }, ROWS, { top, sort, hasComparison: false })
  return rows.map(([day, user]) => `${day} ${user}`)
}

test('rows are in the order of their table, and by their names where that leaves them the same', () => {
  expect(orderOf(null)).toEqual(['sunday ann', 'tuesday ann', 'monday ann', 'monday bob'])
})

test('a name that was asked for comes first, whichever it is, and then the order of the table', () => {
  expect(orderOf('user')).toEqual(['sunday ann', 'tuesday ann', 'monday ann', 'monday bob'])
  expect(orderOf('name')).toEqual(['monday ann', 'monday bob', 'sunday ann', 'tuesday ann'])
})

test('where a name is a time, what stands before it is together, and costs most first', () => {
  const byUser = ROWS.map(({ keys: [day, user], ...row }) => ({ ...row, keys: [user!, day!], labels: [user!, day!] }))
  const spec = { ...SPEC, timeAt: 1 }
  const { rows } = buildTable(spec, byUser, { top: null, sort: null, hasComparison: false })
  expect(rows.map(([user, day]) => `${user} ${day}`)).toEqual(['ann monday', 'ann sunday', 'ann tuesday', 'bob monday'])
})

test('of what is in order of time the last rows are kept, unless another order was asked for', () => {
  expect(orderOf(null, { order: 'time' }, 1)).toEqual(['tuesday ann'])
  expect(orderOf('count', { order: 'time' }, 1)).toEqual(['sunday ann'])
})

test('what is left out is the same from the whole as added up', () => {
  const whole = new Group()
  for (const { group } of ROWS) whole.merge(group)
  const restOf = (spec: TableSpec) => buildTable(spec, ROWS, { top: 2, sort: null, hasComparison: false }).rest
  expect(restOf({ ...SPEC, whole })).toEqual(restOf(SPEC))
  expect(restOf(SPEC)).toEqual({ count: 2, row: [null, null, 3], isEarlier: false })
})
