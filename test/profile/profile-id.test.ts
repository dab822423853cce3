import { describe, expect, it } from 'vitest'
import {
  formatVersionName,
  idOfName,
  parseNewId,
  parseReference,
  parseVersionName,
} from '../../src/profile/profile-id.ts'

describe('parseReference', () => {
  it.each([
    ['brand_check', 'brand_check', undefined],
    ['brand_check@1', 'brand_check', 1],
    ['brand_check_v2', 'brand_check', 2],
    ['brand_check@12', 'brand_check', 12],
    ['tone-of-voice', 'tone-of-voice', undefined],
  ])('reads %s', (text, profile, version) => {
    expect(parseReference(text)).toEqual({ profile, version })
  })

  it.each([
    '../../etc/passwd',
    '..',
    'a/b',
    'a\\b',
    '/etc/passwd',
    'Brand',
    '',
    '.change',
    'brand_check@0',
    'brand_check@x',
    'brand_check_v1',
    'brand_check_v02',
    'brand_check_v2@3',
    'brand check',
    'x'.repeat(101),
    'brand\0check',
  ])('refuses %j', text => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'bad-profile-id', kind: 'usage' }))
  })
})

describe('version names', () => {
  it('are the id for version 1 and end in the number from version 2 on', () => {
    expect(formatVersionName({ profile: 'brand_check', version: 1 })).toBe('brand_check')
    expect(formatVersionName({ profile: 'brand_check', version: 10 })).toBe('brand_check_v10')
  })

  it('are read back', () => {
    expect(parseVersionName('brand_check_v10')).toEqual({ profile: 'brand_check', version: 10 })
  })

  it('are none where the number is not one that is given', () => {
    expect(['brand_v1', 'brand_v0', 'brand_v02', 'brand_v2_v3'].map(parseVersionName)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('idOfName', () => {
  it.each([
    ['Brand check', 'brand_check'],
    ["L'Oréal: tone & voice", 'l_oreal_tone_voice'],
    ['  Packaging (EU) ', 'packaging_eu'],
    ['Tone-of-voice', 'tone-of-voice'],
  ])('makes of %j %s', (name, id) => {
    expect(idOfName(name)).toBe(id)
  })

  it.each(['品牌', '!!!', 'Brand v2'])('makes no id of %j', name => {
    expect(() => idOfName(name)).toThrow(expect.objectContaining({ code: 'bad-profile-id' }))
  })
})

describe('parseNewId', () => {
  it('refuses an id that ends like a version', () => {
    expect(() => parseNewId('brand_v2')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('_v and a number') }),
    )
  })
})
