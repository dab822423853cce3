import { describe, expect, it } from 'vitest'
import { usageLog } from '../../src/capture/index.ts'
import { addressWriter, plainAddress, pseudonymizer, truncateAddress } from '../../src/capture/privacy.ts'
import { openLogFolder } from './log-folder.ts'

const KEY = 'a key that is long enough'

describe('pseudonymize', () => {
  it('replaces users and addresses by hashes that stay the same', async () => {
    const folder = openLogFolder()
    for (const ip of ['203.0.113.77', '203.0.113.77']) {
      const usage = usageLog({ dir: folder.dir, pseudonymize: { key: KEY } })
      usage.activity({ user: 'anna@diageo.com', ip })
      await usage.close()
    }
    const [first, second] = folder.events()
    expect(first).toMatchObject({ user: second?.user, ip: second?.ip })
    expect(first?.user).toBe(pseudonymizer(KEY)('anna@diageo.com'))
    expect(folder.text()).not.toMatch(/anna|203\.0/)
  })

  it('gives another hash under another key', () => {
    expect(pseudonymizer(KEY)('anna@diageo.com')).not.toBe(pseudonymizer(`${KEY}!`)('anna@diageo.com'))
  })
})

describe('the hash of a session', () => {
  it('has a key of its own: a user whose name is the cookie has another', async () => {
    const folder = openLogFolder()
    const usage = usageLog({ dir: folder.dir, pseudonymize: { key: KEY } })
    const log = usage.fetch(() => new Response('ok'), {
      user: () => 'anna@diageo.com',
      session: { cookie: 'sid' },
      remoteAddress: () => undefined,
    })
    const answer = await log(new Request('http://brands.example/', { headers: { cookie: 'sid=anna@diageo.com' } }))
    await answer.text()
    await usage.close()
    const [{ user, session } = {}] = folder.events()
    expect(user).toBe(pseudonymizer(KEY)('anna@diageo.com'))
    expect(session).toMatch(/^[\w-]{22}/)
    expect(String(session)).not.toContain(String(user).slice(0, 10))
    expect(folder.text()).not.toContain('anna')
  })
})

describe('addresses', () => {
  it('are cut to their network', () => {
    expect(truncateAddress('203.0.113.77')).toBe('203.0.113.0')
    expect(truncateAddress('2001:0db8:0001:0002::3')).toBe('2001:db8:1::')
    expect(truncateAddress('fe80::1')).toBe('fe80:0:0::')
    expect(truncateAddress('::1')).toBe('0:0:0::')
  })

  it('are dropped, kept or hashed on demand', () => {
    expect(addressWriter('drop', undefined)('203.0.113.77')).toBeUndefined()
    expect(addressWriter('keep', undefined)('203.0.113.77')).toBe('203.0.113.77')
    expect(addressWriter('hash', text => `#${text}`)('203.0.113.77')).toBe('#203.0.113.77')
  })

  it('lose port, brackets, zone and prefix, and are nothing if they are none', () => {
    expect(plainAddress('203.0.113.77:443')).toBe('203.0.113.77')
    expect(plainAddress('[2001:db8::1]:443')).toBe('2001:db8::1')
    expect(plainAddress('fe80::1%eth0')).toBe('fe80::1')
    expect(plainAddress('::ffff:203.0.113.77')).toBe('203.0.113.77')
    expect(plainAddress('unknown')).toBeUndefined()
  })
})
