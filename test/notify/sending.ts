// What a sender gets, on 2 February 2026 at 10 o'clock.
import type { Instant } from '../../src/base/zone.ts'
import type { MailSettings } from '../../src/notify/mail-settings.ts'
import type { Sending } from '../../src/notify/sending.ts'

export function sendingWith(environment: Sending['environment'], mail?: MailSettings, root = '/nowhere'): Sending {
  return { root, environment, mail, arrivedAt: [], now: () => Date.parse('2026-02-02T10:00:00Z') as Instant }
}
