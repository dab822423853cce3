// Whether the rows of a report are those of SQL. Buckets without events are in a report and not in SQL.

/** What is wrong, or null. Columns that begin with ~ may be off by a hundredth; rows are compared in any order. */
export function differences(columns, reported, expected) {
  const exact = columns.filter(column => !column.startsWith('~'))
  const near = columns.filter(column => column.startsWith('~')).map(column => column.slice(1))
  const textOf = row => exact.map(column => valueText(row[column])).join(' | ')
  const left = new Map()
  for (const row of expected) {
    if (!isEmpty(row, exact)) left.set(textOf(row), [...(left.get(textOf(row)) ?? []), row])
  }
  const lines = []
  for (const row of reported) {
    if (isEmpty(row, exact)) continue
    const other = left.get(textOf(row))?.pop()
    if (other === undefined) lines.push(`by the report alone: ${textOf(row)}`)
    else
      for (const column of near) {
        if (!isNear(row[column], other[column]))
          lines.push(`${textOf(row)}: ${column} ${row[column]} is not near ${other[column]}`)
      }
  }
  for (const [text, rows] of left) for (const _ of rows) lines.push(`by SQL alone: ${text}`)
  return lines.length === 0 ? null : lines.join('\n  ')
}

function isEmpty(row, columns) {
  return columns.slice(1).every(column => row[column] === null || Number(row[column]) === 0) && columns.length > 1
}

function valueText(value) {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'boolean') return String(value)
  const number = Number(value)
  return value === '' || Number.isNaN(number) ? String(value) : String(number)
}

function isNear(a, b) {
  if (a === null || b === null) return a === b || (a ?? null) === (b ?? null)
  return Math.abs(Number(a) - Number(b)) <= Math.max(1, Math.abs(Number(b)) * 0.01)
}
