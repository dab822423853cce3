// In which forms a report can be attached to a mail.
import type { Format } from '../../render/render.ts'

export const ATTACHED = ['csv', 'html', 'json', 'md'] as const satisfies readonly Format[]
export type Attached = (typeof ATTACHED)[number]
