// Writes the table of addresses into docs/api.md, from the routes of the server.
import { readFileSync } from 'node:fs'
import { loadSource, writeGenerated } from './generated.mjs'

const PAGE = 'docs/api.md'
const { ROUTES } = await loadSource('src/server/routes/all-routes.ts')
const rows = ROUTES.filter(({ isPage }) => isPage !== true).map(({ method, path, roles, summary }) => {
  const who = roles.length === 4 ? 'every role' : roles.join(', ')
  return `| ${method} | \`${path.replace(/:(\w+)/g, '{$1}')}\` | ${who} | ${summary} |`
})
const table = ['| | address | for | what |', '| --- | --- | --- | --- |', ...rows].join('\n')
const page = readFileSync(PAGE, 'utf8')
const made = page.replace(/(<!-- routes: [^\n]*-->\n)[\s\S]*?(<!-- \/routes -->)/, `$1\n${table}\n\n$2`)
writeGenerated(PAGE, made, 'npm run docs')
