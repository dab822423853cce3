// The answer that every peer must give: for each client, user, profile, model and day the number of events, checks, input
// tokens, output tokens and errors.

export const SECTIONS = ['client', 'user', 'profile', 'model', 'day']

export function emptyAnswer() {
  return Object.fromEntries(SECTIONS.map(section => [section, {}]))
}

/** Adds five numbers to a group. */
export function add(answer, section, name, numbers) {
  answer[section][name] ??= [0, 0, 0, 0, 0]
  const group = answer[section][name]
  for (let index = 0; index < 5; index++) group[index] += Number(numbers[index])
}

/** Adds the rows of a query by grouping sets: client, user, profile, day, model, which of them count, five sums. */
export function addSets(answer, rows, sectionsOf) {
  for (const [client, user, profile, day, model, set, ...numbers] of rows) {
    for (const section of sectionsOf(Number(set)))
      add(answer, section, { client, user, profile, day, model }[section], numbers)
  }
  return answer
}

export function print(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}

/** An answer with everything in a fixed order. */
export function inOrder(answer) {
  const sorted = groups => Object.fromEntries(Object.entries(groups).sort(([a], [b]) => (a < b ? -1 : 1)))
  return Object.fromEntries(SECTIONS.map(section => [section, sorted(answer[section])]))
}
