// Random words that the author of a log cannot predict: they seed hash tables, so that no log can be crafted to make these
// slow. Nothing that is kept or shown may depend on them.

/** 32 random bits. */
export function randomWord(): number {
  return Math.floor(Math.random() * 2 ** 32)
}
