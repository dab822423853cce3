// The tools, in the order in which they are listed.
import type { Tool } from './tool.ts'
import { budgets } from './tools/budgets.ts'
import { events } from './tools/events.ts'
import { explainPrice } from './tools/explain-price.ts'
import { formats } from './tools/formats.ts'
import { profiles } from './tools/profiles.ts'
import { report } from './tools/report.ts'

export const TOOLS: readonly Tool[] = [report, events, explainPrice, formats, budgets, profiles]
