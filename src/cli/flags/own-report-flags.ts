// Flags that say something to some of the reports only.
import { ACTIVITY_FIELDS } from '../../report/table/activity-fields.ts'
import { type Flag, listOfWords, parseDuration } from './flag.ts'

export const OWN_FLAGS: readonly Flag[] = [
  {
    name: 'by',
    value: 'FIELDS',
    group: 'Output',
    help: 'groups of the activity report: activity (default), user, day, client, or several',
    parse: listOfWords(ACTIVITY_FIELDS),
    repeats: true,
    choices: ACTIVITY_FIELDS,
  },
  {
    name: 'idle',
    value: 'TIME',
    group: 'Output',
    help: 'the pause that ends a session without an id: 30m (default), 90s, 1h',
    parse: parseDuration,
  },
]
