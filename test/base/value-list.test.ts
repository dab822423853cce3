import { expect, test } from 'vitest'
import { splitValues } from '../../src/base/value-list.ts'

test.each([
  ['eu,us', ['eu', 'us']],
  [' eu , us ', ['eu', 'us']],
  ['"a,b"', ['a,b']],
  ['"a,b" , c', ['a,b', 'c']],
  ['!"a,b",!c', ['!a,b', '!c']],
  ['"say ""hi"""', ['say "hi"']],
  ['5" disk', ['5" disk']],
  ['" spaces "', [' spaces ']],
  ['""', ['']],
  ['', ['']],
  ['a,', ['a', '']],
])('%j is %j', (text, values) => {
  expect(splitValues(text)).toEqual(values)
})

test.each(['"a,b', 'c,"a', '"a"b'])('%j has a quote that is not closed', text => {
  expect(splitValues(text)).toBeUndefined()
})
