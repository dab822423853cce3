// Whom messages can go to: the schema of one target. A secret is never a part of it, only where the secret is.
import { z } from 'zod'
import { reference } from './secret-reference-schema.ts'

const allowPrivate = z.boolean().optional().describe('whether the address may be in a private network; default false')

export const targetSchema = z.union([
  z.strictObject({
    slack: z.strictObject({
      urlFrom: reference.describe('where the address of the incoming webhook is: env:NAME or file:PATH'),
      allowPrivate,
    }),
  }),
  z.strictObject({
    mail: z
      .array(z.email('an address is missing, such as cfo@example.com'))
      .min(1)
      .describe('the addresses that get the mail'),
  }),
  z.strictObject({
    webhook: z.strictObject({
      urlFrom: reference.describe('where the address is: env:NAME or file:PATH'),
      secretFrom: reference.optional().describe('where the secret is by which requests are signed (whsec_…)'),
      allowPrivate,
    }),
  }),
  z.strictObject({
    command: z
      .array(z.string())
      .min(1)
      .describe('a program and its arguments; it gets the message as JSON on its standard input'),
  }),
])

export type Target = z.infer<typeof targetSchema>
