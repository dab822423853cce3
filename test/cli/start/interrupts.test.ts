import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { Interrupts } from '../../../src/cli/start/interrupts.ts'

class Host extends EventEmitter {
  readonly pid = 7
  readonly sent: unknown[] = []

  kill(pid: number, signal?: string | number): true {
    this.sent.push([pid, signal])
    return true
  }

  get listening(): unknown[] {
    return this.eventNames()
  }
}

function openInterrupts() {
  const host = new Host()
  return { host, interrupts: new Interrupts(host as unknown as NodeJS.Process) }
}

test('signals end the process at once while there is nothing to tidy', async () => {
  const { host, interrupts } = openInterrupts()
  expect(host.listening).toEqual([])
  const forget = [interrupts.add(() => undefined), interrupts.add(() => undefined)]
  expect(host.listening).toEqual(['SIGINT', 'SIGTERM'])
  await forget[0]!()
  expect(host.listening).toEqual(['SIGINT', 'SIGTERM'])
  await forget[1]!()
  expect(host.listening).toEqual([])
})

test('what is there is tidied up, and the signal sent again to nobody', () => {
  const { host, interrupts } = openInterrupts()
  const tidied: string[] = []
  for (const name of ['report', 'rejects']) interrupts.add(() => tidied.push(name))
  host.emit('SIGTERM', 'SIGTERM')
  expect(tidied).toEqual(['report', 'rejects'])
  expect(host.sent).toEqual([[7, 'SIGTERM']])
  expect(host.listening).toEqual([])
})

test('a signal that waits to be heard is not lost when the work ends', async () => {
  const { host, interrupts } = openInterrupts()
  const forget = interrupts.add(() => undefined)
  setImmediate(() => host.emit('SIGINT', 'SIGINT'))
  await forget()
  expect(host.sent).toEqual([[7, 'SIGINT']])
})
