// Views of a kernel's memory. The memory moves when it grows, so views are made when they are used. WebAssembly passes
// addresses as signed numbers, so those beyond 2 GB are negative.
import type { KernelExports } from './exports.ts'

/** Bytes that must be readable behind texts. */
const PADDING = 64

/** A copy of some bytes in a kernel, with readable bytes behind them. It is never given back: for setting up. */
export function padded(kernel: KernelExports, bytes: Uint8Array): number {
  const place = kernel.allocate(bytes.length + PADDING)
  bytesAt(kernel, place, bytes.length).set(bytes)
  return place
}

export function bytesAt(kernel: KernelExports, place: number, length: number): Buffer {
  return Buffer.from(kernel.memory.buffer, place >>> 0, length)
}

export function wordsAt(kernel: KernelExports, place: number, length: number): Uint32Array {
  return new Uint32Array(kernel.memory.buffer, place >>> 0, length)
}

export function doublesAt(kernel: KernelExports, place: number, length: number): Float64Array {
  return new Float64Array(kernel.memory.buffer, place >>> 0, length)
}

/** One u32. */
export function wordAt(kernel: KernelExports, place: number): number {
  return new Uint32Array(kernel.memory.buffer, place >>> 0, 1)[0]!
}

/** The number of a row's line in its part. */
export function lineOfRow(kernel: KernelExports, row: number): number {
  return wordsAt(kernel, kernel.LINES.value, row * 2 + 2)[row * 2 + 1]!
}

export function halfWordsAt(kernel: KernelExports, place: number, length: number): Uint16Array {
  return new Uint16Array(kernel.memory.buffer, place >>> 0, length)
}

/** Words of 64 bits. */
export function longWordsAt(kernel: KernelExports, place: number, length: number): BigInt64Array {
  return new BigInt64Array(kernel.memory.buffer, place >>> 0, length)
}
