// Entry of usagebook, the library.
export { ConfigError, ConflictError, InputError, MemoryError, UsagebookError, UsageError } from './base/errors.ts'
export type * from './library/api.ts'
export type * from './library/documents.ts'
export type { MoneyForm, PlainValue } from './library/plain-value.ts'
export { openWorkspace } from './library/workspace.ts'
