// Costs beyond whole units of 10^-12 dollars, by slot.
import { addDecimals, type Decimal } from '../base/decimal.ts'

export function addWideCost(costs: Map<number, Decimal>, slot: number, cost: Decimal): void {
  const before = costs.get(slot)
  costs.set(slot, before === undefined ? cost : addDecimals(before, cost))
}
