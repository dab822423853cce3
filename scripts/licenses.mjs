// The licence texts of the packages whose code is in dist/, as their licences ask for.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// Not found among what the bundles read: the prices are taken from one, the WebAssembly is made with the other's library.
const TAKEN_FROM = ['@pydantic/genai-prices', 'assemblyscript']

/** The text of dist/licenses.txt for bundles whose parts are these files; a package without a licence text is an error. */
export function licensesOf(files) {
  const names = new Set([...files.flatMap(file => packageOf(file) ?? []), ...TAKEN_FROM])
  const parts = [...names].sort().map(describe)
  return `${['What usagebook contains of others, each under its own licence.', ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}

function packageOf(file) {
  return /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(file)?.[1]
}

function describe(name) {
  const folder = join('node_modules', name)
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = readdirSync(folder).filter(file => /^(licen[cs]e|copying|notice)([.-].*)?$/i.test(file))
  const texts = files.sort().map(file => readFileSync(join(folder, file), 'utf8').trim())
  if (files.length === 0) texts.push(mitOf(name, license))
  return [`${name} ${version} (${license})`, ...texts].join('\n\n')
}

// Some say "MIT" and whose it is in their README and leave out the text, which is the one of our own licence.
function mitOf(name, license) {
  const copyright = /^Copyright .*$/m.exec(readFileSync(join('node_modules', name, 'README.md'), 'utf8'))?.[0]
  if (license !== 'MIT' || copyright === undefined)
    throw new Error(`${name} has no licence text; dist/ must not contain it without one`)
  return readFileSync('LICENSE', 'utf8')
    .trim()
    .replace(/^Copyright .*$/m, copyright)
}
