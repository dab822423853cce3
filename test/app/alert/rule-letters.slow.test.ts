// What is told of rules: several alerts together, reminders at their exact times, no data, and what a silence holds back.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BUILT_IN_NAMES } from '../../../src/alert/built-in-rules.ts'
import { outboxOf } from '../../../src/app/alert/outbox-of.ts'
import { readAlertPlan } from '../../../src/app/alert/read-plan.ts'
import { runCheck } from '../../../src/app/alert/run-check.ts'
import { quietHost } from '../../../src/app/quiet-host.ts'
import { type Instant, UTC } from '../../../src/base/zone.ts'
import { makeFolder } from '../../support/logs.ts'

const BY_USER = { name: 'many-errors', when: 'errors >= 2', over: '1h', by: ['user'] }

/** Minutes and seconds after ten o'clock. */
function at(minute: number, second = 0): number {
  return Date.UTC(2026, 2, 10, 10, minute, second)
}

function openDesk(rule: object, more: object = {}) {
  const root = makeFolder()
  mkdirSync(join(root, 'usage_logs'))
  const builtIn = Object.fromEntries(BUILT_IN_NAMES.map(name => [name, false]))
  const configure = (silences: readonly object[] = []) => {
    const file = { builtIn, rules: [rule], targets: { ops: { command: ['true'] } }, silences, ...more }
    writeFileSync(join(root, 'alerts.json'), JSON.stringify(file))
  }
  configure()
  const write = (...events: readonly object[]) =>
    appendFileSync(join(root, 'usage_logs', 'log.jsonl'), events.map(event => `${JSON.stringify(event)}\n`).join(''))
  return {
    root,
    configure,
    /** An event at each of these instants. */
    log(user: string, status: 'error' | 'ok', ...instants: number[]) {
      write(...instants.map(instant => ({ timestamp: new Date(instant).toISOString(), user, status })))
    },
    write,
    /** What a check tells. */
    async check(now: number): Promise<string[]> {
      const host = quietHost(root, { environment: {}, now: () => now as Instant })
      const { letters } = await runCheck({
        ...{ plan: readAlertPlan(root, UTC), names: [], isDryRun: false, checks: {} },
        asking: {
          options: { timezone: 'UTC', cache: false },
          ...{ host, workspace: { root, settings: {}, configFile: undefined } },
        },
      })
      return letters.map(({ message: { kind, period, title } }) => `${kind} ${period} ${title}`.replace('  ', ' '))
    },
  }
}

test('three alerts at once are told one by one, and four together', async () => {
  const desk = openDesk(BY_USER)
  for (const user of ['anna', 'ben', 'carla']) desk.log(user, 'error', at(0), at(1))
  expect(await desk.check(at(2))).toEqual([
    'fire many-errors, user anna: 2 errors (at or above 2) in the hour to 2026-03-10 10:01',
    'fire many-errors, user ben: 2 errors (at or above 2) in the hour to 2026-03-10 10:01',
    'fire many-errors, user carla: 2 errors (at or above 2) in the hour to 2026-03-10 10:01',
  ])
  for (const user of ['dan', 'eve', 'finn', 'gina']) desk.log(user, 'error', at(3), at(4))
  expect(await desk.check(at(5))).toEqual(['fire many-errors: 4 alerts by user firing, such as dan'])
  expect(await desk.check(at(6))).toEqual([])
})

test('what tells of many names the three that are worst', async () => {
  const desk = openDesk({ name: 'dear', when: 'cost > 1', over: '1h', by: ['user'] })
  Object.entries({ anna: '2', ben: '12', carla: '3', dan: '9.5' }).forEach(([user, cost], second) => {
    desk.write({ timestamp: new Date(at(0, second)).toISOString(), user, cost_usd: cost })
  })
  expect(await desk.check(at(1))).toEqual(['fire dear: 4 alerts by user firing, such as ben'])
  const outbox = outboxOf(desk.root)
  expect(outbox.letter(outbox.ids()[0]!).message).toMatchObject({
    since: '2026-03-10T10:00:00+00:00',
    causes: [
      { name: 'ben', value: '$12.00' },
      { name: 'dan', value: '$9.50' },
      { name: 'carla', value: '$3.00' },
    ],
  })
})

test('alerts that were told together end together, with the last of them', async () => {
  const desk = openDesk(BY_USER)
  for (const user of ['anna', 'ben', 'carla']) desk.log(user, 'error', at(0), at(1))
  desk.log('dan', 'error', at(20), at(21))
  expect(await desk.check(at(22))).toEqual(['fire many-errors: 4 alerts by user firing, such as anna'])
  desk.log('eve', 'ok', at(70))
  expect(await desk.check(at(70))).toEqual([])
  desk.log('eve', 'ok', at(80))
  expect(await desk.check(at(81))).toEqual(['resolve many-errors: over since 2026-03-10 11:20'])
  expect(outboxOf(desk.root).ids('delivered')).toHaveLength(2)
})

test('a reminder is due exactly so long after it fired, and the last one due is told once', async () => {
  const desk = openDesk({ ...BY_USER, over: '6h', repeat: '10m' })
  desk.log('anna', 'error', at(0), at(1, 30))
  expect(await desk.check(at(2))).toHaveLength(1)
  expect(await desk.check(at(11, 30) - 1)).toEqual([])
  const still = 'many-errors, user anna: still 2 errors (at or above 2) in the 6 hours to 2026-03-10'
  expect(await desk.check(at(11, 30))).toEqual([`remind 1 ${still} 10:11`])
  expect(await desk.check(at(21, 30) - 1)).toEqual([])
  // Two were due while no check ran.
  expect(await desk.check(at(35))).toEqual([`remind 3 ${still} 10:31`])
  expect(await desk.check(at(35))).toEqual([])
})

test('of alerts that were told together one reminder tells, of those that still fire, as long after the first as it says', async () => {
  const desk = openDesk({ ...BY_USER, over: '6h', repeat: '10m' })
  desk.log('anna', 'error', at(-340), at(1))
  for (const user of ['ben', 'carla', 'dan']) desk.log(user, 'error', at(0), at(3))
  expect(await desk.check(at(4))).toEqual(['fire many-errors: 4 alerts by user firing, such as anna'])
  expect(await desk.check(at(11) - 1)).toEqual([])
  expect(await desk.check(at(11))).toEqual(['remind 1 many-errors: 4 alerts by user still firing, such as anna'])
  expect(await desk.check(at(13))).toEqual([])
  desk.log('eve', 'ok', at(20))
  expect(await desk.check(at(21) - 1)).toEqual([])
  expect(await desk.check(at(21))).toEqual(['remind 2 many-errors: 3 alerts by user still firing, such as ben'])
  expect(await desk.check(at(23))).toEqual([])
  expect(outboxOf(desk.root).ids('delivered')).toHaveLength(3)
})

test('no reminder comes after the end', async () => {
  const desk = openDesk({ ...BY_USER, repeat: '10m', keepFiring: '30m' })
  desk.log('anna', 'error', at(0), at(1))
  desk.log('ben', 'ok', at(95))
  expect(await desk.check(at(2))).toHaveLength(1)
  expect(await desk.check(at(65))).toEqual([])
  expect(await desk.check(at(95))).toEqual(['resolve many-errors, user anna: over since 2026-03-10 11:30'])
  expect(await desk.check(at(120))).toEqual([])
})

test.each([
  ['ok', []],
  ['fire', ['fire few-requests: error rate no requests (above 50 %) in the hour to 2026-03-10 11:00']],
])('having nothing to judge with "noData": "%s" is as it says', async (noData, told) => {
  const desk = openDesk({ name: 'few-requests', when: 'error_rate > 50%', over: '1h', noData })
  desk.log('anna', 'ok', at(0))
  expect(await desk.check(at(59))).toEqual([])
  expect(await desk.check(at(60))).toEqual(told)
  desk.log('anna', 'ok', at(70))
  const over = told.map(() => 'resolve few-requests: over since 2026-03-10 11:10')
  expect(await desk.check(at(71))).toEqual(over)
})

test('what fired in a silence is told when it ends, if it still fires', async () => {
  const desk = openDesk({ ...BY_USER, over: '2h' })
  const silence = { match: { user: 'a*' }, until: '2026-03-10T10:30:00Z' }
  desk.configure([silence])
  desk.log('anna', 'error', at(0), at(1))
  desk.log('ben', 'error', at(0), at(1))
  expect(await desk.check(at(2))).toEqual([expect.stringContaining('user ben')])
  expect(await desk.check(at(30) - 1)).toEqual([])
  expect(await desk.check(at(30))).toEqual([
    'fire many-errors, user anna: 2 errors (at or above 2) in the 2 hours to 2026-03-10 10:01',
  ])
  expect(await desk.check(at(31))).toEqual([])
})

test('what fired and ended in a silence is never told', async () => {
  const desk = openDesk({ ...BY_USER, over: '10m' })
  desk.configure([{ match: { rule: 'many-*' }, until: '2026-03-10T10:30:00Z' }])
  desk.log('anna', 'error', at(0), at(1))
  desk.log('ben', 'ok', at(20))
  expect(await desk.check(at(2))).toEqual([])
  expect(await desk.check(at(20))).toEqual([])
  expect(await desk.check(at(40))).toEqual([])
})

test('a silence holds reminders back, and the one that is due last is told when it ends', async () => {
  const desk = openDesk({ ...BY_USER, over: '6h', repeat: '10m' })
  desk.log('anna', 'error', at(0), at(1))
  expect(await desk.check(at(2))).toHaveLength(1)
  desk.configure([{ match: { user: 'anna' }, until: '2026-03-10T10:35:00Z' }])
  expect(await desk.check(at(11))).toEqual([])
  expect(await desk.check(at(32))).toEqual([])
  expect(await desk.check(at(35))).toEqual([expect.stringMatching(/^remind 3 .*10:31$/)])
})

test('an end is told in a silence too, to those who were told of the beginning', async () => {
  const desk = openDesk({ ...BY_USER, over: '10m' })
  desk.log('anna', 'error', at(0), at(1))
  expect(await desk.check(at(2))).toHaveLength(1)
  desk.configure([{ match: { user: 'anna' }, until: '2026-03-10T12:00:00Z' }])
  desk.log('ben', 'ok', at(20))
  expect(await desk.check(at(20))).toEqual(['resolve many-errors, user anna: over since 2026-03-10 10:10'])
})
