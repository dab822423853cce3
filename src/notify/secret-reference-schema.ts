// How a configuration says where a secret is.
import { z } from 'zod'

export const reference = z
  .string()
  .regex(
    /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/,
    'name a variable (env:NAME) or a file (file:PATH); a secret is never written here',
  )
