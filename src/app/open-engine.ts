// Which engine answers the queries of a command.
import type { Engine } from '../engine/engine.ts'
import { LocalEngine } from '../engine/local-engine.ts'

export function openEngine(): Engine {
  return new LocalEngine()
}
