// Sets a kernel up to judge rows as the Judge does, and tells it what texts mean as they turn up.
import { MARKS } from '../event/fields.ts'
import { isErrorCode, meaningOfStatus } from '../event/status.ts'
import { compileTest } from '../query/condition.ts'
import { type Query, USAGE_EVENTS } from '../query/query.ts'
import { isCutByDay } from '../query/rate-cuts.ts'
import type { ScanPlan } from '../scan/reader.ts'
import { USAGE_COLUMNS } from '../tally/judged-columns.ts'
import type { KernelExports } from './exports.ts'
import { bytesAt, wordAt } from './memory.ts'
import type { KernelSlots } from './places.ts'
import { TextsOfKernel } from './texts.ts'

// In the order of the roles in assembly/roles.ts.
const ROLES = [
  'event',
  'status',
  'status_code',
  'error',
  'input_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'cache_write_1h_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  'output_tokens',
  'reasoning_tokens',
  'total_tokens',
  'thoughts_tokens',
  'tool_use_tokens',
  ...MARKS,
] as const

// The first memos; those of the conditions follow.
const ANALYSIS_MEMO = 0
const STATUS_MEMO = 1
const STATUS_CODE_MEMO = 2
const FIRST_CONDITION_MEMO = 3
/** Says which models have prices that change within the day; as in assembly/streams.ts. */
const FINE_MEMO = 39

export class KernelJudge {
  private readonly kernel: KernelExports
  private readonly memos: Memo[] = []
  private readonly skips = new Map<number, Memo>()

  constructor(kernel: KernelExports, query: Query, plan: ScanPlan, slots: KernelSlots) {
    this.kernel = kernel
    const { range, kinds } = query
    const slotOf = (name: string) => slots.fields.get(name)!
    const list: readonly string[] = typeof kinds === 'string' ? [] : kinds
    const countsCarriers = kinds === 'usage' || list.includes(USAGE_EVENTS)
    kernel.initJudge(
      query.dedupe !== 'off',
      kinds === 'all',
      countsCarriers,
      Math.ceil(range.from ?? -FOREVER_MS),
      Math.ceil(range.to ?? FOREVER_MS),
      slotOf('cost_usd'),
    )
    ROLES.forEach((name, role) => {
      kernel.setRole(role, slotOf(name))
    })
    for (const name of [...USAGE_COLUMNS, 'cost_usd']) kernel.addUsageSlot(slotOf(name))
    const wanted = new Set(countsCarriers ? [...list, 'analysis'] : list)
    this.addMemo(ANALYSIS_MEMO, slotOf('event'), text => wanted.has(text ?? 'analysis'))
    this.addMemo(STATUS_MEMO, slotOf('status'), text => meaningOfStatus(text) === 'error')
    this.addMemo(STATUS_CODE_MEMO, slotOf('status_code'), isErrorCode)
    this.addConditions(query, slots)
    if (query.cuts.dailyCuts.length > 0) {
      this.addMemo(FINE_MEMO, slotOf('model'), model => isCutByDay(query.cuts, model ?? null))
    }
    plan.format.skip.forEach((rule, index) => {
      const slot = slots.skips[index]!
      this.skips.set(slot, new Memo(kernel, slot, text => rule.values.includes(text ?? '') !== rule.negated))
    })
  }

  /** Says what the texts mean that came since the last call. */
  learn(): void {
    for (const memo of this.memos) {
      if (memo.learn()) this.kernel.setMemo(memo.index, memo.place)
    }
  }

  learnSkip(slot: number): void {
    const memo = this.skips.get(slot)!
    memo.learn()
    this.kernel.setSkipMemo(slot, memo.place, memo.known)
  }

  private addConditions(query: Query, slots: KernelSlots): void {
    let passes = 3
    let index = FIRST_CONDITION_MEMO
    for (const condition of query.conditions) {
      const { column } = condition
      const test = compileTest(condition.test)
      if (column === 'status') {
        passes &= (test('ok') ? 1 : 0) | (test('error') ? 2 : 0)
        continue
      }
      const slot = slots.extras.get(column) ?? slots.fields.get(column)!
      this.kernel.addCondition(slot)
      this.addMemo(index++, slot, text => test(column === 'event' ? (text ?? 'analysis') : text))
    }
    this.kernel.setStatusPasses(passes)
  }

  private addMemo(index: number, slot: number, meaningOf: (text: string | undefined) => boolean): void {
    this.memos.push(new Memo(this.kernel, slot, meaningOf, index))
  }
}

/** Beyond every instant of an event. */
const FOREVER_MS = 9e15

/** A byte for each code of a text slot, in the kernel: whether the text means yes. */
class Memo {
  place = 0
  known = 0
  readonly index: number
  private capacity = 0
  private readonly kernel: KernelExports
  private readonly table: number
  private readonly texts: TextsOfKernel
  private readonly meaningOf: (text: string | undefined) => boolean

  constructor(kernel: KernelExports, slot: number, meaningOf: (text: string | undefined) => boolean, index = 0) {
    this.kernel = kernel
    this.table = kernel.tableOf(slot)
    this.texts = new TextsOfKernel(kernel, this.table)
    this.meaningOf = meaningOf
    this.index = index
  }

  /** Learns new codes; true where there were any. */
  learn(): boolean {
    const { kernel } = this
    const size = wordAt(kernel, this.table + 8)
    if (size === this.known) return false
    if (size > this.capacity) {
      const capacity = 2 * size
      const place = kernel.allocate(capacity)
      if (this.capacity > 0) {
        bytesAt(kernel, place, this.known).set(bytesAt(kernel, this.place, this.known))
        kernel.release(this.place, this.capacity)
      }
      this.place = place
      this.capacity = capacity
    }
    const bytes = bytesAt(kernel, this.place, size)
    for (; this.known < size; this.known++) bytes[this.known] = this.meaningOf(this.texts.textOf(this.known)) ? 1 : 0
    return true
  }
}
