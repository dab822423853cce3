// What a tool is: a value from which the list of tools is made, and by which a call is answered.
import type { Parameter } from '../app/request/parameters.ts'
import type { CallHooks } from '../library/api.ts'
import type { Scope } from '../query/scope.ts'
import type { Desk } from './desk.ts'

export type JsonSchema = { readonly [key: string]: unknown }

/** What a tool answers, as `structuredContent` has it. */
export type Answer = { readonly [key: string]: unknown }

export interface Tool {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly parameters: Readonly<Record<string, Parameter>>
  /** Those that must be given. */
  readonly required?: readonly string[]
  /** What does not tell apart whose it is: only who sees everything may call the tool. */
  readonly isForAll?: true
  /** The shape of its answers. */
  answerSchema(): JsonSchema
  /** `given` are the arguments as they came, still to be checked. */
  answer(given: object, call: ToolCall): Promise<Answer>
}

export interface ToolCall {
  readonly desk: Desk
  /** What whoever calls may see. */
  readonly scope: Scope
  readonly hooks: CallHooks
}
