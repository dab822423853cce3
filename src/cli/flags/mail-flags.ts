// Flags that send a report as mail.
import { ATTACHED } from '../../app/report/mail-attachments.ts'
import { listOf, listOfWords } from '../../app/request/parse-option.ts'

export const MAIL_FLAGS = [
  {
    name: 'mail',
    value: 'TARGET',
    group: 'Output',
    repeats: true,
    help: 'send it as mail to this target of alerts.json, or to several with commas',
    parse: listOf,
  },
  {
    name: 'mail-attach',
    value: 'A,B',
    group: 'Output',
    repeats: true,
    help: `attach it to the mail as ${ATTACHED.join(', ')}`,
    parse: listOfWords(ATTACHED),
    choices: ATTACHED,
  },
] as const
