import { describe, expect, test } from 'vitest'
import { editDistance, nearestNames } from '../../src/base/nearest.ts'

describe('editDistance', () => {
  test.each([
    ['diageo', 'diageo', 0],
    ['diageo', 'diagoe', 1],
    ['unilever', 'unlever', 1],
    ['loreal', 'loreall', 1],
    ['', 'nestle', 6],
    ['format', 'from', 3],
  ])('from %s to %s is %d', (from, to, distance) => {
    expect([editDistance(from, to), editDistance(to, from)]).toEqual([distance, distance])
  })
})

describe('nearestNames', () => {
  const clients = ['diageo', 'loreal', 'nestle', 'unilever']

  test('finds the one that was meant', () => {
    expect(nearestNames('diagoe', clients)).toEqual(['diageo'])
  })

  test('does not mind case', () => {
    expect(nearestNames('UNILEVR', clients)).toEqual(['unilever'])
  })

  test('finds a name by a part of it', () => {
    expect(nearestNames('check', ['brand_check', 'legal_review'])).toEqual(['brand_check'])
  })

  test('puts a small slip before a part of a long name', () => {
    expect(nearestNames('timezon', ['logTimezone', 'timezone'], 1)).toEqual(['timezone'])
  })

  test('finds nothing where nothing is near', () => {
    expect(nearestNames('xyzzy', clients)).toEqual([])
  })

  test.each([
    ['csv', 'cost'],
    ['mars', 'Mahe'],
    ['costume', 'cost'],
    ['from', 'format'],
    ['tz', 'to'],
    ['art', 'start'],
  ])('does not take %s for %s', (wanted, name) => {
    expect(nearestNames(wanted, [name])).toEqual([])
  })

  test.each([
    ['client-id', 'client'],
    ['york', 'New_York'],
    ['jsno', 'json'],
  ])('takes %s for %s', (wanted, name) => {
    expect(nearestNames(wanted, [name])).toEqual([name])
  })

  test('does not offer the name that was given', () => {
    expect(nearestNames('diageo', ['diageo', 'Diageo', 'diageo_uk'])).toEqual(['Diageo', 'diageo_uk'])
  })

  test('gives no more than it is asked for', () => {
    expect(nearestNames('brand', ['brand_a', 'brand_b', 'brand_c'], 2)).toEqual(['brand_a', 'brand_b'])
  })

  test('is not looked for where the text is no typing mistake', () => {
    expect(nearestNames('brand'.repeat(201), ['brand'.repeat(200)])).toEqual([])
  })
})
