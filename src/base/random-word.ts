// Words that nobody who writes a log can foresee: for hash tables, so that no log can be written that makes them slow. What is
// kept or shown must not depend on them.

/** 32 random bits. */
export function randomWord(): number {
  return Math.floor(Math.random() * 2 ** 32)
}
