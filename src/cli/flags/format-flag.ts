// The flag --format, with a switch for each of its values.
import { oneOf } from '../../app/request/parse-option.ts'

/** Of a command that writes some formats, the first of which is the default. */
export function formatFlag<const Format extends string>(formats: readonly Format[]) {
  const more = formats.length > 2 ? ', and so on' : ''
  return {
    name: 'format',
    value: 'FORMAT',
    group: 'Output',
    help: `${formats.join(', ')}; default ${formats[0]}; --json is --format json${more}`,
    parse: oneOf(formats),
    choices: formats,
    switches: formats,
  } as const
}
