// Sends a letter in the way of its target.
import { runCommandOf } from './command.ts'
import { letterMail } from './letter-mail.ts'
import type { Letter } from './outbox.ts'
import type { Failure, Sending } from './sending.ts'
import { sendToSlack } from './slack.ts'
import type { Target } from './targets.ts'
import { sendToWebhook } from './webhook.ts'

export async function sendLetter(letter: Letter, target: Target, sending: Sending): Promise<Failure> {
  if ('webhook' in target) return await sendToWebhook(letter, target.webhook, sending)
  if ('command' in target) return await runCommandOf(letter, target.command, sending)
  if ('slack' in target) return await sendToSlack(letter, target.slack, sending)
  const { sendMail } = await import('./send-mail.ts')
  return await sendMail(letterMail(letter), target.mail, sending)
}
