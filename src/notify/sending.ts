// What a way of sending gets and what it answers.
import type { Instant } from '../base/zone.ts'
import type { MailSettings } from './mail-settings.ts'
import type { SecretPlaces } from './secret-reference.ts'

export interface Sending extends SecretPlaces {
  now(): Instant
  /** The mail server; undefined where the configuration names none. */
  readonly mail: MailSettings | undefined
  /** Those of several recipients who have it by now. */
  readonly arrivedAt: readonly string[]
}

/** Undefined where the letter has arrived. */
export type Failure =
  | undefined
  | {
      /** Why, without secrets, as a part of a sentence: "it answered 500". */
      readonly problem: string
      /** Whether other letters to the same target would fail as well. */
      readonly isOfTarget: boolean
      /** What the other side asks for. */
      readonly retryAfterMs?: number | undefined
      /** The recipients who have it, of several. */
      readonly arrivedAt?: readonly string[]
    }
