// The data of server-sent events, event by event, from a stream that arrives in chunks.

const LINE_FEED = 0x0a
const DATA = 'data:'
const MAX_START = 16

/** Is told of the bytes of data, and when an event that has data is over, with how its data begins. */
export interface DataReader {
  add(bytes: Uint8Array): void
  endEvent(start: string): void
}

export class EventStream {
  private readonly reader: DataReader
  /** The beginning of the line, as far as it says whether it is data. */
  private begun = ''
  private isData: boolean | undefined
  private isLineEmpty = true
  private start: string | undefined

  constructor(reader: DataReader) {
    this.reader = reader
  }

  add(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      const found = bytes.indexOf(LINE_FEED, from)
      const end = found === -1 ? bytes.length : found
      this.addToLine(bytes.subarray(from, end))
      if (found !== -1) this.endLine()
      from = end + 1
    }
  }

  /** Ends the last event, which may have no empty line after it. */
  end(): void {
    if (this.start !== undefined) this.reader.endEvent(this.start)
    this.start = undefined
  }

  private addToLine(bytes: Uint8Array): void {
    let rest = bytes
    while (this.isData === undefined && rest.length > 0) {
      this.begun += String.fromCharCode(rest[0]!)
      rest = rest.subarray(1)
      if (this.begun === DATA) this.isData = true
      else if (!DATA.startsWith(this.begun)) this.isData = false
    }
    if (this.begun !== '' && this.begun !== '\r') this.isLineEmpty = false
    if (this.isData !== true) return
    this.start ??= ''
    if (this.start.length < MAX_START)
      this.start += Buffer.from(rest.subarray(0, MAX_START - this.start.length)).toString('latin1')
    this.reader.add(rest)
  }

  private endLine(): void {
    if (this.isLineEmpty) this.end()
    this.begun = ''
    this.isData = undefined
    this.isLineEmpty = true
  }
}
