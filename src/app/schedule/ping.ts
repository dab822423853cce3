// Tells a dead man's switch that a job starts and how it ended: it alarms somebody where nothing comes. What it answers never
// makes a job fail.
import { post } from '../../notify/post.ts'
import { readSecret } from '../../notify/secret-reference.ts'
import type { Job } from '../../schedule/job.ts'
import type { Host } from '../host.ts'

interface Pinging {
  readonly root: string
  readonly host: Pick<Host, 'now' | 'environment'>
  note?(text: string): void
}

/** `ending` is "start" or an exit code, and becomes the last part of the address. */
export async function sendPing({ name, ping }: Job, ending: string, { root, host, note }: Pinging): Promise<void> {
  if (ping === undefined) return
  const address = readSecret(ping.urlFrom, { root, environment: host.environment })
  const failure = 'problem' in address ? address : await pingAt(address.secret, ending, ping.allowPrivate, host.now())
  if (failure !== undefined) note?.(`${name}: the ping was not sent: ${failure.problem}`)
}

async function pingAt(url: string, ending: string, allowPrivate: boolean, now: number) {
  if (!URL.canParse(url)) return { problem: 'its address is no http or https address' }
  const address = new URL(url)
  address.pathname = `${address.pathname.replace(/\/$/, '')}/${ending}`
  return await post({ url: address.href, body: '', allowPrivate, now })
}
