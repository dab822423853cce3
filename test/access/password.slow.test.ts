// Passwords: what may be one, that the hash tells nothing, and that they wait for one another.
import { expect, test } from 'vitest'
import { hashPassword, isPassword, PasswordsBusy, passwordFault } from '../../src/access/password.ts'

test.each([
  ['nine char', 'too short'],
  ['ten chars!', undefined],
  ['\u{1f600}'.repeat(5), 'too short'],
  ['\u{1f600}'.repeat(10), undefined],
  ['x'.repeat(1024), undefined],
  ['x'.repeat(1025), 'too long'],
  ['\ufdfa'.repeat(1000), 'too long'],
])('%j is %s', (password, fault) => {
  expect(passwordFault(password)).toBe(fault)
})

test('the hash of a password is another one every time, and each knows the password', async () => {
  const [one, other] = await Promise.all([hashPassword('correct horse battery'), hashPassword('correct horse battery')])
  expect(one).toMatch(/^scrypt\$16384\$8\$5\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/)
  expect(one).not.toBe(other)
  expect(await isPassword('correct horse battery', one)).toBe(true)
  expect(await isPassword('correct horse battery', other)).toBe(true)
  expect(await isPassword('correct horse batterY', one)).toBe(false)
})

test('a password is the same however a keyboard composes its letters', async () => {
  const hash = await hashPassword('Zu\u0308rich und Gene\u0300ve')
  expect(await isPassword('Z\u00fcrich und Gen\u00e8ve', hash)).toBe(true)
})

test('with no hash there is no right password, nor with one that is too long to be one', async () => {
  expect(await isPassword('correct horse battery', null)).toBe(false)
  expect(await isPassword('', null)).toBe(false)
  expect(await isPassword('x'.repeat(1_000_000), await hashPassword('correct horse battery'))).toBe(false)
})

test('a name that nobody has takes as long as a wrong password', async () => {
  const hash = await hashPassword('correct horse battery')
  const timesOf = async (tried: string | null) => {
    const times: number[] = []
    for (let run = 0; run < 7; run++) {
      const start = process.cpuUsage()
      await isPassword('wrong horse battery', tried)
      const { user, system } = process.cpuUsage(start)
      times.push(user + system)
    }
    return times.sort((a, b) => a - b)[3]!
  }
  const [known, unknown] = [await timesOf(hash), await timesOf(null)]
  expect(unknown / known).toBeGreaterThan(0.5)
  expect(unknown / known).toBeLessThan(2)
})

test('two are checked at once, 32 wait, and whoever comes then is refused at once', async () => {
  const ends = await Promise.allSettled(Array.from({ length: 40 }, () => isPassword('correct horse battery', null)))
  expect(ends.filter(end => end.status === 'fulfilled').length).toBe(34)
  const refused = ends.flatMap(end => (end.status === 'rejected' ? [end.reason as unknown] : []))
  expect(refused.every(reason => reason instanceof PasswordsBusy)).toBe(true)
  // All that waited went on, and there is room again.
  expect(await isPassword('correct horse battery', null)).toBe(false)
})
