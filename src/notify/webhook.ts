// Webhooks, signed as Standard Webhooks say: the id of the letter, the time of the request and the body.
import { createHmac } from 'node:crypto'
import type { Letter } from './outbox.ts'
import { post } from './post.ts'
import { readSecret } from './secret-reference.ts'
import type { Failure, Sending } from './sending.ts'
import type { Target } from './targets.ts'

type Webhook = Extract<Target, { webhook: unknown }>['webhook']

/** What programs get of a letter, at a webhook and on standard input; the same at every try. */
export function letterDocument({ id, message }: Letter): string {
  return JSON.stringify({ id, type: `alert.${message.kind}`, timestamp: message.since, data: message })
}

export async function sendToWebhook(
  letter: Letter,
  { urlFrom, secretFrom, allowPrivate = false }: Webhook,
  sending: Sending,
): Promise<Failure> {
  const address = readSecret(urlFrom, sending)
  if ('problem' in address) return { ...address, isOfTarget: true }
  const body = letterDocument(letter)
  const now = sending.now()
  const headers: Record<string, string> = {
    'webhook-id': letter.id,
    'webhook-timestamp': String(Math.floor(now / 1000)),
  }
  if (secretFrom !== undefined) {
    const found = readSecret(secretFrom, sending)
    if ('problem' in found) return { ...found, isOfTarget: true }
    const key = Buffer.from(found.secret.replace(/^whsec_/, ''), 'base64')
    if (key.length === 0) return { problem: 'its secret is no base64', isOfTarget: true }
    headers['webhook-signature'] = signatureOf(key, letter.id, headers['webhook-timestamp']!, body)
  }
  return await post({ url: address.secret, body, headers, allowPrivate, now })
}

/** A signature of version 1. */
export function signatureOf(key: Uint8Array, id: string, timestamp: string, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}
