import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { barLengths, letterMail } from '../../src/notify/letter-mail.ts'
import type { MailSettings } from '../../src/notify/mail-settings.ts'
import { sendLetter } from '../../src/notify/send-letter.ts'
import type { Sending } from '../../src/notify/sending.ts'
import { CERTIFICATE } from './localhost-certificate.ts'
import { partOf, startMailServer } from './mail-server.ts'
import { budgetMessage } from './messages.ts'
import { sendingWith } from './sending.ts'

const target = { mail: ['cfo@example.com'] }
const letter = (change = {}, id = 'msg_1') => ({ id, target: 'finance', message: budgetMessage(change) })

/** For a server of this machine, whose certificate is believed. */
function sendingTo(port: number, more: Partial<MailSettings> = {}): Sending {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-mail-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  writeFileSync(join(root, 'ca.pem'), CERTIFICATE)
  const mail = { host: 'localhost', port, from: 'Usage <usage@example.com>', caFile: 'ca.pem', ...more }
  return sendingWith({ MAIL_PASSWORD: 'hunter2' }, mail, root)
}

test('a message arrives over an encrypted connection, as text and as HTML', async () => {
  const { port, received } = await startMailServer()
  expect(await sendLetter(letter({ link: 'https://usage.example.com/alerts' }), target, sendingTo(port))).toBe(
    undefined,
  )
  const [mail] = received
  expect([mail!.to, mail!.isEncrypted]).toEqual([['cfo@example.com'], true])
  expect(mail!.headers).toMatchObject({
    from: 'Usage <usage@example.com>',
    to: 'cfo@example.com',
    subject: 'Firing (high): Budget diageo: $412.10 of $500.00 (82.4 %) in January 2026',
    'message-id': '<msg_1@example.com>',
    'auto-submitted': 'auto-generated',
    date: 'Mon, 02 Feb 2026 10:00:00 +0000',
  })
  const { value, limit, window, since, next, causes } = budgetMessage()
  for (const type of ['text/plain', 'text/html'])
    for (const part of [value, limit, window, since, next, 'https://usage.example.com/alerts', causes[2]!.name])
      expect(partOf(mail!, type)).toContain(part)
})

test('the HTML is of tables, without what mail programs do not show, and small', () => {
  const long = '<script>'.repeat(500)
  const causes = [1, 2, 3].map(() => ({ name: long, value: long }))
  const { html } = letterMail(letter({ causes, title: long, labels: { client: long } }))
  expect(html).toMatch(/<table /)
  expect(html).not.toMatch(/<(svg|script|img|style|link|iframe|div|form)|url\(|src=|class=/i)
  expect(Buffer.byteLength(html)).toBeLessThan(100_000)
})

test('mails of one episode belong together, and each has a name that stays the same', async () => {
  const { port, received } = await startMailServer()
  const sending = sendingTo(port)
  await sendLetter(letter(), target, sending)
  await sendLetter(letter(), target, sending)
  await sendLetter(letter({ kind: 'resolve' }, 'msg_2'), target, sending)
  await sendLetter(letter({ episode: '2026-02' }, 'msg_3'), target, sending)
  const ids = received.map(({ headers }) => headers['message-id'])
  expect(ids).toEqual(['<msg_1@example.com>', '<msg_1@example.com>', '<msg_2@example.com>', '<msg_3@example.com>'])
  const threads = received.map(({ headers }) => headers.references)
  expect([threads[0] === threads[2], threads[0] === threads[3]]).toEqual([true, false])
  expect(threads[0]).toMatch(/^<episode_[0-9a-f]{32}@example\.com>$/)
})

test('nothing is sent where no encrypted connection can be had, unless told', async () => {
  const { port, received } = await startMailServer({ tls: 'none' })
  expect((await sendLetter(letter(), target, sendingTo(port)))?.problem).toBe(
    'no encrypted connection could be made ("tls" in "mail" says how)',
  )
  expect(received).toEqual([])
  expect(await sendLetter(letter(), target, sendingTo(port, { tls: 'none' }))).toBe(undefined)
  expect(received.map(({ isEncrypted }) => isEncrypted)).toEqual([false])
})

test('a certificate that nobody vouches for is not believed', async () => {
  const { port, received } = await startMailServer({ tls: 'implicit' })
  const { caFile: _, ...mail } = sendingTo(port, { tls: 'implicit' }).mail!
  expect((await sendLetter(letter(), target, sendingWith({}, mail)))?.isOfTarget).toBe(true)
  expect(received).toEqual([])
  expect(await sendLetter(letter(), target, sendingTo(port, { tls: 'implicit' }))).toBe(undefined)
})

test('a password is looked up where the configuration says, and is in no error', async () => {
  const { port, received } = await startMailServer({ password: 'hunter2' })
  const login = { user: 'usage', passwordFrom: 'env:MAIL_PASSWORD' }
  expect(await sendLetter(letter(), target, sendingTo(port, login))).toBe(undefined)
  expect(received[0]!.user).toBe('usage')
  const wrong = { ...sendingTo(port, login), environment: { MAIL_PASSWORD: 'hunter3' } }
  const failure = await sendLetter(letter(), target, wrong)
  expect(failure).toEqual({ problem: 'the login was refused: the mail server answered 535', isOfTarget: true })
  const none = await sendLetter(letter(), target, { ...wrong, environment: {} })
  expect(none?.problem).toBe('the variable MAIL_PASSWORD is not set')
})

test('of several recipients, those who have it do not get it again', async () => {
  let isFull = true
  const refuse = (address: string) => (address === 'ben@example.com' && isFull ? 452 : undefined)
  const { port, received } = await startMailServer({ refuse })
  const sending = sendingTo(port)
  const both = { mail: ['anna@example.com', 'ben@example.com'] }
  const failure = await sendLetter(letter(), both, sending)
  expect(failure).toEqual({
    problem: 'the mail server refused 1 of 2 recipients',
    isOfTarget: false,
    arrivedAt: ['anna@example.com'],
  })
  isFull = false
  expect(await sendLetter(letter(), both, { ...sending, arrivedAt: failure!.arrivedAt! })).toBe(undefined)
  expect(received.map(({ to }) => to)).toEqual([['anna@example.com'], ['ben@example.com']])
  expect(received[1]!.headers.to).toBe('anna@example.com, ben@example.com')
})

test('a title with line breaks adds no header', async () => {
  const { port, received } = await startMailServer()
  await sendLetter(letter({ title: 'x\r\nBcc: eve@example.com\r\n\r\nhello' }), target, sendingTo(port))
  expect(received[0]!.to).toEqual(['cfo@example.com'])
  expect(received[0]!.headers).not.toHaveProperty('bcc')
})

test('where no server is named or none answers, the message waits', async () => {
  expect((await sendLetter(letter(), target, sendingWith({})))?.problem).toBe(
    'usagebook.config.json names no mail server ("mail")',
  )
  expect((await sendLetter(letter(), target, sendingTo(1)))?.isOfTarget).toBe(true)
})

test('the causes of an alert have bars where their values can be compared', () => {
  expect(barLengths(['$412.10', '$206.05', '$0.00'])).toEqual([1, 0.5, 0])
  expect(barLengths(['4 errors', '1 error'])).toEqual([1, 0.25])
  expect(barLengths(['1,500', '750'])).toEqual([1, 0.5])
  for (const values of [['4 errors', '$2.00'], ['1 m 20 s', '2 m 10 s'], ['none'], []])
    expect(barLengths(values)).toBeUndefined()
  const { html } = letterMail(letter({ causes: [{ name: 'copy_review', value: '3 errors' }] }))
  expect(html).toContain('<td width="160" height="6" bgcolor="#bc4c00"')
})
