// How a report is written, depending on the flags and on where it goes.
import type { Format, RenderOptions } from '../../render/render.ts'
import type { Context } from '../context.ts'

export interface RenderFlags {
  readonly color?: boolean | undefined
  readonly columns?: readonly string[] | undefined
  readonly header?: boolean | undefined
  readonly bom?: boolean | undefined
}

export function renderOptions(
  options: RenderFlags,
  format: Format,
  isToFile: boolean,
  context: Context,
): RenderOptions {
  const { color } = options
  const level = color === true ? Math.max(context.colorLevel, 1) : color === false ? 0 : context.colorLevel
  return {
    format,
    width: isToFile ? undefined : context.columns,
    colorLevel: (isToFile ? 0 : level) as 0 | 1 | 2 | 3,
    hasUnicode: isToFile || context.hasUnicode,
    columns: options.columns ?? null,
    hasHeader: options.header !== false,
    hasBom: options.bom === true,
  }
}
