import { expect, test } from 'vitest'
import { groupNames } from '../../../src/report/usage/group-names.ts'

test.each([
  [
    ['client', 'day'],
    ['client', 'day'],
    ['client', 'day'],
  ],
  [['foo_bar'], ['foo_bar'], ['fooBar']],
  [
    ['checks', 'costUsd', 'share'],
    ['group_checks', 'group_costUsd', 'group_share'],
    ['groupChecks', 'groupCostUsd', 'groupShare'],
  ],
  [
    ['foo_bar', 'fooBar', 'a_b'],
    ['foo_bar', 'fooBar', 'a_b'],
    ['foo_bar', 'fooBar', 'a_b'],
  ],
  [
    ['checks', 'group_checks'],
    ['group_group_checks', 'group_checks'],
    ['groupGroupChecks', 'groupChecks'],
  ],
  [
    ['section', 'previous', 'cost_eur'],
    ['group_section', 'group_previous', 'group_cost_eur'],
    ['groupSection', 'groupPrevious', 'groupCostEur'],
  ],
])('%j are %j, in JSON %j', (names, keys, jsonKeys) => {
  const given = groupNames(names)
  expect([given.map(({ key }) => key), given.map(({ jsonKey }) => jsonKey)]).toEqual([keys, jsonKeys])
})
