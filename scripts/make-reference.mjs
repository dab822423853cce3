// Makes docs/reference.md: every command with its arguments, flags, examples and exit codes, from the values of the source.
import { loadSource, writeGenerated } from './generated.mjs'

const { CATALOGUE, DEFAULT_WORDS } = await loadSource('src/cli/catalogue.ts')
const { COMMON_FLAGS } = await loadSource('src/cli/flags/common-flags.ts')
const { optionKey } = await loadSource('src/app/request/flag-word.ts')
const { settingKey } = await loadSource('src/app/request/settings-options.ts')
const { EXIT_CODES } = await loadSource('src/cli/exit-codes.ts')
const commands = await Promise.all(CATALOGUE.map(entry => entry.load()))

const text = [
  '# Reference',
  '<!-- Made by "npm run docs" from the source. Edit the commands in src/cli/commands instead. -->',
  [
    '`usagebook COMMAND [flags]`. Where no command is named, it is ',
    `\`${DEFAULT_WORDS.join(' ')}\`: \`usagebook --last-days 7\` is \`usagebook ${DEFAULT_WORDS.join(' ')} --last-days 7\`.`,
  ].join(''),
  table(
    ['command', 'does'],
    commands.map(({ words, summary }) => [`[\`${words.join(' ')}\`](#usagebook-${words.join('-')})`, summary]),
  ),
  ...commands.flatMap(formatCommand),
  '## Flags of every command',
  flagTable(COMMON_FLAGS),
  '## Exit codes',
  table(['code', 'meaning'], Object.entries(EXIT_CODES)),
].join('\n\n')
writeGenerated('docs/reference.md', `${text}\n`, 'npm run docs')

function formatCommand({ words, summary, description, flags, examples, exitCodes = {}, ...command }) {
  const places = command.arguments ?? []
  const names = places.map(({ name, isOptional, isMany }) => {
    const shown = `${name.toUpperCase()}${isMany === true ? '...' : ''}`
    return isOptional === true ? `[${shown}]` : shown
  })
  const parts = [`## usagebook ${words.join(' ')}`, sentence(summary)]
  parts.push(`\`${['usagebook', ...words, ...names].join(' ')}${flags.length === 0 ? '' : ' [flags]'}\``)
  if (description !== undefined) parts.push(description)
  if (places.length > 0) {
    parts.push(
      table(
        ['argument', 'meaning'],
        places.map(({ name, help }) => [`\`${name.toUpperCase()}\``, help]),
      ),
    )
  }
  for (const group of new Set(flags.map(flag => flag.group))) {
    parts.push(`**${group}**`, flagTable(flags.filter(flag => flag.group === group)))
  }
  parts.push(examples.map(([line, purpose]) => `- \`${line}\`: ${purpose}`).join('\n'))
  const codes = Object.entries(exitCodes).map(([code, meaning]) => `${code}: ${meaning}`)
  if (codes.length > 0) parts.push(`Exit codes besides 0 and 2: ${codes.join('; ')}.`)
  return parts
}

function flagTable(flags) {
  return table(
    ['flag', 'meaning', 'also set by'],
    flags.map(flag => [names(flag), meaning(flag), sources(flag)]),
  )
}

function names({ name, short, aliases = [], negated, value }) {
  const all = [short === undefined ? [] : `-${short}`, `--${name}`, aliases.map(alias => `--${alias}`)].flat()
  if (negated === true) all.push(`--no-${name}`)
  return all
    .map((one, index) => `\`${one}${index === all.length - 1 && value !== undefined ? ` ${value}` : ''}\``)
    .join(' ')
}

function meaning({ help, choices, repeats }) {
  const allowed = choices === undefined ? '' : `; one of ${choices.map(choice => `\`${choice}\``).join(' ')}`
  return `${help}${allowed}${repeats === true ? '; may be repeated' : ''}`
}

function sources(flag) {
  if (flag.configurable !== true) return ''
  const variable = `\`USAGEBOOK_${flag.name.toUpperCase().replaceAll('-', '_')}\``
  const key = settingKey(flag, optionKey(flag.name))
  return key === null ? variable : `${variable}, \`${key}\``
}

function table(head, rows) {
  const line = cells => `| ${cells.map(cell => String(cell).replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
