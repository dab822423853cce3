// A flag is one value: what it means, and how it is typed. The parser, the help texts, the reference and the completion
// scripts are all made from these values.
import { flagWord } from '../../app/request/flag-word.ts'
import type { OptionOf, Parameter } from '../../app/request/parameters.ts'

export type FlagGroup =
  | 'Range'
  | 'Filters'
  | 'Input'
  | 'Output'
  | 'Money'
  | 'Checks'
  | 'Profile'
  | 'Access'
  | 'Alerts'
  | 'Log'
  | 'General'

export interface Flag extends Parameter {
  /** Long name without dashes: "last-days". The option's key is its camelCase form. Of a switch that is on, without "no-". */
  readonly name: string
  readonly short?: string
  /** Other long names of the same flag. */
  readonly aliases?: readonly string[]
  readonly group: FlagGroup
  /** Values that are switches too: --json for --format json. */
  readonly switches?: readonly string[]
}

type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name

type KebabCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? Rest extends Uncapitalize<Rest>
    ? `${Uncapitalize<First>}${KebabCase<Rest>}`
    : `${Uncapitalize<First>}-${KebabCase<Rest>}`
  : Name

/** The options that flags give. */
export type FlagOptions<One extends Flag> = {
  readonly [Each in One as CamelCase<Each['name']>]?: OptionOf<Each> | undefined
}

type FlagsOf<Parameters> = readonly {
  [Name in keyof Parameters & string]: Parameters[Name] &
    Typed & { readonly name: KebabCase<Name>; readonly group: FlagGroup }
}[keyof Parameters & string][]

/** How the flag of a parameter is typed, where its name does not say all, and what only the command line says of it. */
export type Typed = Pick<Flag, 'short' | 'aliases' | 'switches'> & { readonly more?: string }

/** The flags of parameters, in their order. */
export function flagsOfParameters<const Parameters extends Readonly<Record<string, Parameter>>>(
  group: FlagGroup,
  parameters: Parameters,
  typed: { readonly [Name in keyof Parameters]?: Typed } = {},
): FlagsOf<Parameters> {
  const flags = Object.entries(parameters).map(([option, parameter]): Flag => {
    const { more, ...rest } = typed[option] ?? {}
    const help = more === undefined ? parameter.help : `${parameter.help}; ${more}`
    return { name: flagWord(option), group, ...parameter, help, ...rest }
  })
  return flags as readonly Flag[] as FlagsOf<Parameters>
}
