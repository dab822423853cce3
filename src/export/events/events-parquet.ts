// Events as Parquet: written group by group, so that a file of any length takes the memory of one group. The package that
// writes it is loaded here and nowhere else.
import type { ListedEvent } from '../../report/event/event-object.ts'
import { type EventColumn, type EventColumnKind, parquetValue } from './event-table.ts'

const TYPES = {
  instant: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  cost: { type: 'DOUBLE' },
} as const satisfies Readonly<Record<EventColumnKind, object>>

export interface ParquetFile {
  /** Adds a row group. */
  add(events: readonly ListedEvent[]): void
  end(): void
}

/** Writes over the file at `path`. */
export async function openParquet(
  path: string,
  columns: readonly EventColumn[],
  about: Readonly<Record<string, string>>,
): Promise<ParquetFile> {
  const { fileWriter, ParquetWriter } = await import('hyparquet-writer')
  const names = new Set(columns.map(({ name }) => name))
  const writer = new ParquetWriter({
    writer: fileWriter(path),
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
  return {
    add(events) {
      const columnData = columns.map(column => ({
        name: column.name,
        data: events.map(event => parquetValue(event, column, names)),
      }))
      writer.write({ columnData, rowGroupSize: events.length })
    },
    end() {
      writer.finish()
    },
  }
}
