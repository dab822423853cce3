// docs/architecture.md tells of every folder, and of nothing that is not there.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const page = readFileSync('docs/architecture.md', 'utf8')
const paths = [...page.matchAll(/`((?:src|test|assembly|scripts|reports|fixtures|docs)\/[\w./-]*)`/g)].map(
  match => match[1]!,
)

test('the page has a row for every folder of src/', () => {
  const folders = readdirSync('src', { withFileTypes: true }).filter(entry => entry.isDirectory())
  const missing = folders.filter(({ name }) => !page.includes(`\n| \`src/${name}/\` |`))
  expect(missing.map(({ name }) => name)).toEqual([])
})

test('the page names the rooms of reports', () => {
  const rooms = readdirSync('src/report', { withFileTypes: true }).filter(entry => entry.isDirectory())
  const paragraph = /rooms of `src\/report\/`: [\s\S]*?\n\n/m.exec(page)![0]
  expect(rooms.filter(({ name }) => !paragraph.includes(`\`${name}/\``)).map(({ name }) => name)).toEqual([])
})

test('every path that the page names is there', () => {
  expect(paths.length).toBeGreaterThan(25)
  expect(paths.filter(path => !existsSync(path))).toEqual([])
})
