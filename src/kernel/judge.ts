// Sets up a kernel to judge rows as the Judge does, and tells it what texts mean as they turn up.
import { isErrorCode, meaningOfStatus } from '../event/status.ts'
import { compileTest } from '../query/condition.ts'
import { type Query, USAGE_EVENTS } from '../query/query.ts'
import { isCutByDay } from '../query/rate-cuts.ts'
import { compileRule } from '../query/scope.ts'
import type { ScanPlan } from '../scan/reader.ts'
import { USAGE_COLUMNS } from '../tally/judged-columns.ts'
import type { KernelExports } from './exports.ts'
import { bytesAt } from './memory.ts'
import type { KernelSlots } from './places.ts'
import * as P from './protocol.ts'
import { TextsOfKernel } from './texts.ts'

/** The fields that the judge reads, and their roles. */
const ROLES: readonly (readonly [number, string])[] = [
  [P.ROLE_EVENT, 'event'],
  [P.ROLE_STATUS, 'status'],
  [P.ROLE_STATUS_CODE, 'status_code'],
  [P.ROLE_ERROR, 'error'],
  [P.ROLE_INPUT, 'input_tokens'],
  [P.ROLE_CACHE_READ, 'cache_read_tokens'],
  [P.ROLE_CACHE_WRITE, 'cache_write_tokens'],
  [P.ROLE_CACHE_WRITE_1H, 'cache_write_1h_tokens'],
  [P.ROLE_READ_BESIDE, 'cache_read_input_tokens'],
  [P.ROLE_WRITE_BESIDE, 'cache_creation_input_tokens'],
  [P.ROLE_OUTPUT, 'output_tokens'],
  [P.ROLE_REASONING, 'reasoning_tokens'],
  [P.ROLE_TOTAL, 'total_tokens'],
  [P.ROLE_THOUGHTS, 'thoughts_tokens'],
  [P.ROLE_TOOLS, 'tool_use_tokens'],
  [P.ROLE_CACHES_INSIDE, 'caches_inside'],
  [P.ROLE_TOOLS_BESIDE, 'tools_beside'],
  [P.ROLE_THOUGHTS_BESIDE, 'thoughts_beside'],
]

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
    for (const [role, name] of ROLES) kernel.setRole(role, slotOf(name))
    for (const name of [...USAGE_COLUMNS, 'cost_usd']) kernel.addUsageSlot(slotOf(name))
    const wanted = new Set(countsCarriers ? [...list, 'analysis'] : list)
    this.addMemo(P.MEMO_ANALYSIS, slotOf('event'), text => wanted.has(text ?? 'analysis'))
    this.addMemo(P.MEMO_STATUS, slotOf('status'), text => meaningOfStatus(text) === 'error')
    this.addMemo(P.MEMO_STATUS_CODE, slotOf('status_code'), isErrorCode)
    this.addConditions(query, slots)
    ;(query.scope ?? []).forEach((rule, index) => {
      const slot = slotOf(rule.column)
      kernel.addScopeRule(slot)
      this.addMemo(P.MEMO_FIRST_SCOPE + index, slot, compileRule(rule))
    })
    if (query.cuts.dailyCuts.length > 0) {
      this.addMemo(P.MEMO_FINE, slotOf('model'), model => isCutByDay(query.cuts, model ?? null))
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
    let passes = P.STATUS_OK_BIT | P.STATUS_ERROR_BIT
    let index = P.MEMO_FIRST_CONDITION
    for (const condition of query.conditions) {
      const { column } = condition
      const test = compileTest(condition.test)
      if (column === 'status') {
        passes &= (test('ok') ? P.STATUS_OK_BIT : 0) | (test('error') ? P.STATUS_ERROR_BIT : 0)
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
    const size = this.texts.size
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
