// What the rows of a session table count and cost.
import type { GroupCost } from '../../pricing/group-cost.ts'
import type { Groups as TallyGroups } from '../../tally/groups.ts'

/** What the rows of a table cost. */
export class RowCosts {
  private readonly pico: TallyGroups['sums'][number]
  private readonly logged: ArrayLike<number>
  private readonly estimated: ArrayLike<number>
  private readonly unpriced: ArrayLike<number>
  private readonly rests: TallyGroups['wideCosts']

  constructor(table: TallyGroups) {
    this.pico = table.sums[table.by.sums.indexOf('costPicoUsd')]!
    this.logged = countsOf(table, 'loggedCosts')
    this.estimated = countsOf(table, 'estimatedCosts')
    this.unpriced = countsOf(table, 'unpricedCosts')
    this.rests = table.wideCosts
  }

  addTo(cost: GroupCost, row: number): void {
    cost.addCounted(this.logged[row]!, this.estimated[row]!, this.unpriced[row]!)
    cost.addPico(this.pico.values?.[row] ?? this.pico.get(row))
    const rest = this.rests.get(row)
    if (rest !== undefined) cost.addRest(rest)
  }
}

/** A sum of so few events that numbers hold it. */
export function countsOf(table: TallyGroups, name: string): ArrayLike<number> {
  const sum = table.sums[table.by.sums.indexOf(name)]!
  const { values } = sum
  if (values !== undefined && values.length >= table.size) return values
  return Float64Array.from({ length: table.size }, (_, row) => Number(sum.get(row)))
}
