// CSV read record by record from chunks of text: quotes, commas and line ends in quotes, a mark at the beginning.

/** Reads records as they are complete; `line` is where a record begins. */
export async function* csvRecords(
  chunks: AsyncIterable<string>,
): AsyncGenerator<{ readonly line: number; readonly cells: (string | null)[] }> {
  let [cell, isQuoted, wasQuoted, line, start] = ['', false, false, 1, 1]
  let cells: (string | null)[] = []
  let isFirst = true
  let before = ''
  // Nothing between two commas is no value; two quotes with nothing between them are an empty text.
  const endCell = () => {
    cells.push(cell === '' && !wasQuoted ? null : cell)
    cell = ''
    wasQuoted = false
  }
  for await (const chunk of chunks) {
    const text = isFirst ? chunk.replace(/^\ufeff/, '') : chunk
    isFirst = false
    for (const character of text) {
      if (isQuoted) {
        if (character === '"') isQuoted = false
        else cell += character
        if (character === '\n') line++
      } else if (character === '"') {
        // A quote behind a quote stands for one.
        if (before === '"' && wasQuoted) cell += '"'
        isQuoted = true
        wasQuoted = true
      } else if (character === ',') endCell()
      else if (character === '\n') {
        endCell()
        if (cells.length > 1 || cells[0] !== null) yield { line: start, cells }
        cells = []
        line++
        start = line
      } else if (character !== '\r') cell += character
      before = character
    }
  }
  if (cell !== '' || cells.length > 0 || wasQuoted) {
    endCell()
    yield { line: start, cells }
  }
}
