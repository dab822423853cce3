import { describe, expect, it } from 'vitest'
import { callerAddress } from '../../src/capture/caller-address.ts'
import { endpointNamer } from '../../src/capture/endpoints.ts'
import { pathMatcher, pathOf, pathTable } from '../../src/capture/path-patterns.ts'
import { cookieValue, sessionIds } from '../../src/capture/session-ids.ts'

describe('paths', () => {
  it.each([
    ['/', '/'],
    ['/reset/anything', '/reset/:token'],
    ['/reset/anything/', '/reset/:token'],
    ['/reset/a/b', '/reset/*'],
    ['/files/a/b?key=1', '/files/*'],
    ['/brands/guinness/logo.png', '/brands/*'],
    ['/guinness', '/*'],
    ['/guinness/', '/*'],
    ['//guinness/x', '/*'],
    ['/brands;v=1/x', '/*'],
    ['/anna@diageo.com/x', '/*'],
    [`/${'a'.repeat(41)}/x`, '/*'],
    [`/reset/${'a'.repeat(1500)}`, '/reset/:token'],
  ])('%s is logged as %s', (path, expected) => {
    expect(endpointNamer(['/reset/:token', '/files/*'])(path)).toBe(expected)
  })

  it('lose scheme, user, host, query and fragment', () => {
    expect(pathOf('https://anna:x@brands.example/a/b?c#d')).toBe('/a/b')
    expect(pathOf('https://brands.example')).toBe('/')
    expect(pathOf('*')).toBe('/')
  })

  it('match exactly, by wildcard or by RegExp, also one that remembers', () => {
    const isSkipped = pathMatcher(['/health', '/static/*', /ico/g])
    const paths = ['/health', '/health/x', '/static/a/b', '/static', '/x.ico', '/y.ico']
    expect(paths.map(isSkipped)).toEqual([true, false, true, false, true, true])
  })

  it('have the feature of the first row that matches', () => {
    const featureOf = pathTable({ '/api/chat*': 'chat', '/api/*': 'api' })
    expect(['/api/chat/1', '/api/x', '/'].map(featureOf)).toEqual(['chat', 'api', undefined])
  })
})

describe('callerAddress', () => {
  it('believes nobody who is not trusted', () => {
    expect(callerAddress(['10.0.0.0/8'])('203.0.113.9', '1.1.1.1')).toBe('203.0.113.9')
  })

  it('takes the nearest address that is not trusted', () => {
    expect(callerAddress(['private'])('::ffff:10.0.0.1', '6.6.6.6, 203.0.113.9, 192.168.0.3')).toBe('203.0.113.9')
  })

  it('takes the farthest where all are trusted', () => {
    expect(callerAddress(['private'])('10.0.0.1', '10.0.0.3, 10.0.0.2')).toBe('10.0.0.3')
  })

  it('knows no address where a trusted proxy reports none', () => {
    expect(callerAddress(['private'])('10.0.0.1', 'unknown')).toBeUndefined()
  })

  it('refuses what is no network', () => {
    expect(() => callerAddress(['10.0.0.0/99'])).toThrow(expect.objectContaining({ code: 'bad-capture-option' }))
  })
})

describe('sessionIds', () => {
  it('keeps a session until it was idle for long enough', () => {
    const idOf = sessionIds(1800_000, text => `#${text}`)
    const first = idOf('anna', 0)
    expect(idOf('anna', 1799_999)).toBe(first)
    expect(idOf('anna', 2 * 1799_999)).toBe(first)
    expect(idOf('anna', 3 * 1799_999 + 1)).not.toBe(first)
  })

  it('remembers a bounded number of sessions', () => {
    const idOf = sessionIds(1800_000, text => `#${text}`)
    const first = idOf('anna', 0)
    for (let other = 0; other < 10_000; other++) idOf(String(other), 1000)
    expect(idOf('anna', 2000)).not.toBe(first)
  })
})

describe('cookieValue', () => {
  it('finds a cookie by its whole name', () => {
    expect(cookieValue('xsid=1; sid=a=b; sid2=3', 'sid')).toBe('a=b')
    expect(cookieValue('xsid=1', 'sid')).toBeUndefined()
  })
})
