// Events as Parquet: written group by group, so that a file of any length takes the memory of one group. The package that
// writes it is loaded here and nowhere else.
import { cellReader, type EventColumn, type EventColumnKind, type EventFile, parquetValue } from './event-table.ts'

const TYPES = {
  instant: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  cost: { type: 'DOUBLE' },
} as const satisfies Readonly<Record<EventColumnKind, object>>

/** A group has no more, so that a large day takes no more memory than a small one. */
const GROUP_EVENTS = 20_000

/** Writes over the file at `path`, a group of rows for each file of logs or part of a large one. */
export async function openParquet(
  path: string,
  columns: readonly EventColumn[],
  about: Readonly<Record<string, string>>,
): Promise<EventFile> {
  const { fileWriter, ParquetWriter } = await import('hyparquet-writer')
  return eventsParquet(fileWriter(path), ParquetWriter, columns, about)
}

/** The same in memory: `bytes` is for after the end. */
export async function makeParquet(
  columns: readonly EventColumn[],
  about: Readonly<Record<string, string>>,
): Promise<EventFile & { bytes(): Uint8Array }> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer')
  const writer = new ByteWriter()
  return { ...eventsParquet(writer, ParquetWriter, columns, about), bytes: () => writer.getBytes() }
}

type ParquetModule = typeof import('hyparquet-writer')

function eventsParquet(
  output: ConstructorParameters<ParquetModule['ParquetWriter']>[0]['writer'],
  ParquetWriter: ParquetModule['ParquetWriter'],
  columns: readonly EventColumn[],
  about: Readonly<Record<string, string>>,
): EventFile {
  const cellsOf = cellReader(columns)
  const writer = new ParquetWriter({
    writer: output,
    createdBy: 'usagebook',
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, kind }) => ({
        name,
        repetition_type: kind === 'instant' ? ('REQUIRED' as const) : ('OPTIONAL' as const),
        ...TYPES[kind],
      })),
    ],
    kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
  })
  // Column by column from the start: rows would be kept in memory twice, and are slower to tidy up.
  let group: ReturnType<typeof emptyGroup> = emptyGroup(columns)
  const endGroup = () => {
    const rowGroupSize = group[0]!.data.length
    if (rowGroupSize === 0) return
    writer.write({ columnData: group, rowGroupSize })
    group = emptyGroup(columns)
  }
  return {
    add(event) {
      for (const [at, cell] of cellsOf(event).entries()) {
        const { kind } = columns[at]!
        group[at]!.data.push(kind === 'instant' ? new Date(event.instant) : parquetValue(cell, kind))
      }
      if (group[0]!.data.length === GROUP_EVENTS) endGroup()
    },
    endGroup,
    end() {
      endGroup()
      writer.finish()
    },
  }
}

// Where pages are is of use for files with many in a group; here it would only be kept in memory until the end.
function emptyGroup(columns: readonly EventColumn[]) {
  return columns.map(({ name }) => ({
    name,
    data: [] as (string | number | bigint | Date | null)[],
    offsetIndex: false,
  }))
}
