// The flag --format, with a switch for each of its values.
import { type Flag, oneOf } from './flag.ts'

/** Of a command that writes some formats, the first of which is the default. */
export function formatFlag(formats: readonly string[], fallback = formats[0]): Flag {
  const more = formats.length > 2 ? ', and so on' : ''
  return {
    name: 'format',
    value: 'FORMAT',
    group: 'Output',
    help: `${formats.join(', ')}; default ${fallback}; --json is --format json${more}`,
    parse: oneOf(formats),
    choices: formats,
    switches: formats,
  }
}
