// The outermost members of a JSON object that arrives in chunks: the text of those that are wanted, and of the wanted members
// of two of them. Anything deeper is skipped, whatever it looks like. Memory is bounded, and every byte is read once.

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

const MAX_KEY = 40
const MAX_VALUE = 10_000

/** Names of members, with a dot those inside of one that is entered: whether their value is, or only that they are there. */
export type Wanted = ReadonlyMap<string, 'value' | 'presence'>

export class JsonMembers {
  /** A brace has opened the object and another has closed it, and nothing came after. */
  isWhole = false
  /** It is no object, or more than one. */
  isBroken = false
  private readonly wanted: Wanted
  private readonly entered: ReadonlySet<string>
  private readonly values = new Map<string, string | undefined>()
  private depth = 0
  /** Of which object the members are read: 1 for the outermost, 2 for one that is entered. */
  private level = 1
  private isInText = false
  private isEscaped = false
  /** What is being kept: the name of a member, or the value of one that is wanted. */
  private kept: number[] | undefined
  private isKey = false
  private expectsKey = false
  private key = ''
  private outerKey = ''

  constructor(wanted: Wanted, entered: ReadonlySet<string>) {
    this.wanted = wanted
    this.entered = entered
  }

  /** Takes the next bytes of the text. */
  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.isBroken; at++) {
      if (this.isInText && this.kept === undefined && !this.isEscaped) at = this.passText(bytes, at)
      if (at < bytes.length) this.take(bytes[at]!)
    }
  }

  has(name: string): boolean {
    return this.values.has(name)
  }

  /** The value of a wanted member; undefined where it is absent, longer than one of counts would be, or no JSON. */
  get(name: string): unknown {
    const text = this.values.get(name)
    if (text === undefined) return undefined
    try {
      return JSON.parse(text)
    } catch {
      // It only looked like JSON from outside.
      return undefined
    }
  }

  private take(byte: number): void {
    if (this.isInText) this.takeText(byte)
    else if (byte === QUOTE) {
      this.isInText = true
      this.isKey = this.expectsKey && this.depth === this.level
      if (this.isKey) this.kept = []
      else this.keep(byte)
    } else if (this.depth === 0) this.takeOutside(byte)
    else if (this.depth === this.level) this.takeMember(byte)
    else {
      this.keep(byte)
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.depth++
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.depth--
    }
  }

  private takeText(byte: number): void {
    if (this.isEscaped) this.isEscaped = false
    else if (byte === BACKSLASH) this.isEscaped = true
    else if (byte === QUOTE) {
      this.isInText = false
      if (this.isKey) {
        this.key = textOf(this.kept)
        this.kept = undefined
        return
      }
    }
    this.keep(byte)
  }

  private takeOutside(byte: number): void {
    if (isSpace(byte)) return
    if (byte !== OPEN_BRACE || this.isWhole) {
      this.isBroken = true
      return
    }
    this.depth = 1
    this.expectsKey = true
  }

  private takeMember(byte: number): void {
    if (byte === COLON && this.expectsKey) {
      this.expectsKey = false
      const wish = this.wanted.get(this.name())
      if (wish !== undefined) this.values.set(this.name(), undefined)
      this.kept = wish === 'value' ? [] : undefined
    } else if (byte === COMMA) {
      this.endValue()
      this.expectsKey = true
    } else if (byte === CLOSE_BRACE) this.endObject()
    else if (byte === OPEN_BRACE && this.level === 1 && this.entered.has(this.key) && !this.expectsKey) {
      this.outerKey = this.key
      this.depth = this.level = 2
      this.expectsKey = true
    } else {
      this.keep(byte)
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.depth++
    }
  }

  private endObject(): void {
    this.endValue()
    this.expectsKey = false
    this.depth--
    this.key = this.outerKey
    if (this.level === 2) this.level = 1
    else this.isWhole = true
  }

  private endValue(): void {
    if (this.kept !== undefined) this.values.set(this.name(), textOf(this.kept))
    this.kept = undefined
  }

  private name(): string {
    return this.level === 1 ? this.key : `${this.outerKey}.${this.key}`
  }

  private keep(byte: number): void {
    const { kept } = this
    if (kept === undefined) return
    if (this.isKey && this.isInText) {
      if (kept.length < MAX_KEY) kept.push(byte)
    } else if (kept.push(byte) === MAX_VALUE) this.kept = undefined
  }

  // To the quote that ends the text, or to the end of the bytes; texts are most of an answer.
  private passText(bytes: Uint8Array, from: number): number {
    for (let at = from; ; at++) {
      at = bytes.indexOf(QUOTE, at)
      const end = at === -1 ? bytes.length : at
      let slashes = 0
      while (end - slashes > from && bytes[end - slashes - 1] === BACKSLASH) slashes++
      if (at === -1) {
        this.isEscaped = slashes % 2 === 1
        return end
      }
      if (slashes % 2 === 0) return end
    }
  }
}

function textOf(bytes: readonly number[] | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8')
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)
}
