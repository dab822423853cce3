// The JSON text of any value, as JSON.stringify writes it, but given up as soon as it would be too long: an application may
// pass fifty megabytes, and must not wait until all of them are written and thrown away.

/** Also what goes in a circle ends here. */
const MAX_DEPTH = 200

interface Room {
  left: number
}

/** The text of at most `most` characters; undefined where there would be more, or none at all. May throw what a getter throws. */
export function boundedJson(value: unknown, most: number): string | undefined {
  const room: Room = { left: most }
  const text = textOf(value, '', room, 0)
  return room.left < 0 ? undefined : text
}

/** Undefined where JSON leaves a value out, and where there is no more room. */
function textOf(given: unknown, key: string, room: Room, depth: number): string | undefined {
  const value = plainValue(given, key, room)
  if (room.left < 0) return undefined
  if (typeof value === 'object' && value !== null) {
    if (depth === MAX_DEPTH) return take(room, undefined)
    return Array.isArray(value) ? textOfArray(value, room, depth) : textOfObject(value, room, depth)
  }
  // JSON.stringify throws for it.
  if (typeof value === 'bigint') return take(room, undefined)
  if (typeof value === 'string' && value.length > room.left) return take(room, undefined)
  const text: unknown = JSON.stringify(value)
  return typeof text === 'string' ? take(room, text) : undefined
}

// Of the bytes of a buffer `toJSON` would make a list first.
function plainValue(value: unknown, key: string, room: Room): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value) && value.byteLength > room.left) return take(room, undefined)
  const { toJSON } = value as { toJSON?: unknown }
  const plain: unknown = typeof toJSON === 'function' ? Reflect.apply(toJSON, value, [key]) : value
  const isBoxed = plain instanceof String || plain instanceof Number || plain instanceof Boolean
  return isBoxed ? plain.valueOf() : plain
}

function textOfArray(values: readonly unknown[], room: Room, depth: number): string | undefined {
  const parts: string[] = []
  take(room, '[]')
  for (let index = 0; index < values.length && room.left >= 0; index++) {
    take(room, index === 0 ? '' : ',')
    parts.push(textOf(values[index], String(index), room, depth + 1) ?? take(room, 'null') ?? '')
  }
  return room.left < 0 ? undefined : `[${parts.join(',')}]`
}

function textOfObject(object: object, room: Room, depth: number): string | undefined {
  const parts: string[] = []
  take(room, '{}')
  for (const key of Object.keys(object)) {
    if (room.left < 0) return undefined
    const text = textOf((object as Record<string, unknown>)[key], key, room, depth + 1)
    if (text === undefined) continue
    const name = take(room, key.length > room.left ? undefined : JSON.stringify(key))
    take(room, parts.length === 0 ? ':' : ',:')
    parts.push(`${name}:${text}`)
  }
  return room.left < 0 ? undefined : `{${parts.join(',')}}`
}

/** The text, with its length taken off the room; nothing, and no room, where there is none. */
function take(room: Room, text: string | undefined): string | undefined {
  room.left = text === undefined ? -1 : room.left - text.length
  return text
}
