// Generated tests draw the same in every run, so that none fails by chance: `SEED=1 npm test` draws others, and the
// fuzzers (`npm run fuzz`, `npm run hunt` and so on) look on.
import fc from 'fast-check'

export const SEED = Number(process.env.SEED ?? 20261127)

fc.configureGlobal({ seed: SEED })
