// How the command line of a job is split, and which commands a job may run.
import { expect, test } from 'vitest'
import { isAboutPeriod, kindOfWords, splitWords } from '../../src/schedule/job-words.ts'

test('words are split as a shell does it', () => {
  expect(splitWords(`report --where 'user="a b"'  -o "reports/Q 1.csv" --client a\\ b --period=""last-week`)).toEqual([
    ...['report', '--where', 'user="a b"', '-o', 'reports/Q 1.csv', '--client', 'a b', '--period=last-week'],
  ])
  expect(splitWords('"C:\\\\logs" "" it\\\'s')).toEqual(['C:\\logs', '', "it's"])
})

test('nothing else has a meaning: no variables, no commands', () => {
  expect(splitWords('report $HOME `id` | x > y; z')).toEqual(['report', '$HOME', '`id`', '|', 'x', '>', 'y;', 'z'])
})

test.each(['report "x', "report 'x", 'report x\\'])('%s is not closed', line => {
  expect(splitWords(line)).toBeUndefined()
})

test('a job may run five kinds of commands', () => {
  const kinds = ['report errors', 'check', 'log prune', 'cache warm', 'export focus'].map(line =>
    kindOfWords(line.split(' ')),
  )
  expect(kinds).toEqual(['report', 'check', 'prune', 'cache warm', 'export'])
  expect(kindOfWords(['log', 'forget'])).toBeUndefined()
  expect(kindOfWords(['export'])).toBeUndefined()
})

test('reports and exports are about a time; what is done with all there is now is not', () => {
  const about = ['report', 'export events', 'export metrics', 'check', 'log prune'].map(line =>
    isAboutPeriod(line.split(' ')),
  )
  expect(about).toEqual([true, true, false, false, false])
})
