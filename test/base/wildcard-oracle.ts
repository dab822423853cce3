// What a pattern with wildcards means, said in another way than in the code: a table of which beginnings of the text fit
// which beginnings of the pattern. It tries nothing twice, so that it can judge texts on which backtracking would hang.

/** One thing that a pattern asks for: a character out of some, or any number of them. */
export interface Wanted {
  readonly one: (character: string) => boolean
  readonly isAnyNumber: boolean
}

/** The last column of the table: whether the whole text fits all that is wanted. */
export function fitsWanted(wanted: readonly Wanted[], text: string): boolean {
  let row = [true]
  for (const { isAnyNumber } of wanted) row.push(row.at(-1)! && isAnyNumber)
  for (let at = 0; at < text.length; at++) {
    const next = [false]
    wanted.forEach(({ one, isAnyNumber }, index) => {
      const canTake = one(text[at]!)
      next.push(isAnyNumber ? next[index]! || (row[index + 1]! && canTake) : row[index]! && canTake)
    })
    row = next
  }
  return row.at(-1)!
}

export const ANY: Wanted = { one: () => true, isAnyNumber: true }
export const NAME_PART: Wanted = { one: character => character !== '/', isAnyNumber: true }
export const NAME_CHARACTER: Wanted = { one: character => character !== '/', isAnyNumber: false }

export function literally(text: string): Wanted[] {
  return [...text].map(wanted => ({ one: character => character === wanted, isAnyNumber: false }))
}

export function oneOf(characters: string): Wanted {
  return { one: character => characters.includes(character), isAnyNumber: false }
}
