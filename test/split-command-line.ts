// A command line cut into words as a shell would: quotes and backslashes, nothing else.

/** The words of a line; 'single' quotes keep everything, "double" ones everything but \" and \\. */
export function splitCommandLine(line: string): string[] {
  const words = line.trim().match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g) ?? []
  return words.map(word =>
    word.replace(
      /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
      (_, single?: string, double?: string, escaped?: string) =>
        single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? '',
    ),
  )
}
