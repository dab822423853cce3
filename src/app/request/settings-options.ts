// Options that were not given, taken from the configuration.
import type { Settings } from '../workspace/configuration.ts'
import type { Parameter } from './parameters.ts'

/** The key of an option in the configuration; null where it has none. */
export function settingKey({ setting }: Pick<Parameter, 'setting'>, option: string): string | null {
  return setting === undefined ? option : setting
}

/** The value of a setting as the option has it; undefined where nothing is set. */
export function settingValue(parameter: Parameter, option: string, settings: Settings): unknown {
  const { configurable, hasLooseSetting, value, repeats, parse } = parameter
  const key = settingKey(parameter, option)
  if (configurable !== true || hasLooseSetting === true || key === null) return undefined
  const setting = (settings as Readonly<Record<string, unknown>>)[key]
  if (setting === undefined || value === undefined) return setting
  const texts = (Array.isArray(setting) ? setting : [setting]).map(item => String(item))
  const read = (text: string) => (parse === undefined ? text : parse(text, option))
  return repeats === true ? texts.flatMap(read) : read(texts.join(','))
}

/** The options with the settings beneath them. */
export function overSettings<Options extends object>(
  options: Options,
  parameters: Readonly<Record<string, Parameter>>,
  settings: Settings,
): Options {
  const set = Object.entries(parameters).flatMap(([option, parameter]) => {
    const value = settingValue(parameter, option, settings)
    return value === undefined ? [] : [[option, value]]
  })
  return { ...Object.fromEntries(set), ...options }
}
