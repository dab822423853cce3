// Texts as small numbers and back.

/** The code that stands for "no value". */
export const NO_TEXT = 0

/** A table of texts. Codes count from 1 in the order of arrival; 0 is no text. */
export interface TextTable {
  /** How many codes there are, the 0 included: every code is below it. */
  readonly size: number
  /** The text of a code; undefined for 0. */
  textOf(code: number): string | undefined
}

/** A table that gives every new text the next code. */
export class Dictionary implements TextTable {
  private readonly codes = new Map<string, number>()
  private readonly texts: (string | undefined)[] = [undefined]

  get size(): number {
    return this.texts.length
  }

  textOf(code: number): string | undefined {
    return this.texts[code]
  }

  /** The code of a text, a new one if need be; 0 for undefined. */
  codeOf(text: string | undefined): number {
    if (text === undefined) return NO_TEXT
    let code = this.codes.get(text)
    if (code === undefined) {
      code = this.texts.length
      this.codes.set(text, code)
      this.texts.push(text)
    }
    return code
  }
}
