// Which server takes mail, as the configuration says: `mail` in usagebook.config.json.
import { z } from 'zod'
import { reference } from './secret-reference-schema.ts'

export const mailSettings = z.strictObject({
  host: z.string().min(1).describe('the mail server'),
  port: z.number().int().min(1).max(65_535).optional().describe('its port; default 587, with "tls": "implicit" 465'),
  tls: z
    .enum(['starttls', 'implicit', 'none'])
    .optional()
    .describe(
      'how the connection is encrypted; default starttls, without which nothing is sent; none sends in the clear',
    ),
  caFile: z
    .string()
    .optional()
    .describe('the certificates (PEM) that are believed besides those of Node, from the workspace'),
  from: z.string().min(3).describe('who sends: usagebook@example.com, or Usage <usagebook@example.com>'),
  user: z.string().optional().describe('the name to log in with'),
  passwordFrom: reference.optional().describe('where the password is: env:NAME or file:PATH'),
})

export type MailSettings = z.infer<typeof mailSettings>
