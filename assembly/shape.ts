// The shape of lines, learned from those before: what stands between two values, and what the next value is for. Longer than
// usual, because all of it knows the layout of a node.
//
// A node of the shape is the text from the end of one value to where the
// next begins ( ,"client":" ), together with the place in the tree where it stands, and what is to be done with the value.
//
// Node, 128 bytes: 0 first 16 bytes v128 | 16 a bit for each of them that counts u32 | 32 last 16 bytes v128 | 48 length u32 | 52 text u32
//                  56 likely next u32 | 60 next but one u32 | 64 action u8 | 65 slot u8 | 66 name u8 | 67 lexical u8
//                  68 position behind it u32 | 72 bit u64 | 80 column u32 | 84 text table u32
//                  92 target u32 | 96 factor f64 | 104 position before it u32 | 108 has texts beyond the short way u8
//                  112 inner bit u64
import * as P from '../src/kernel/protocol'
import { allocate } from './memory'
import { isDigit } from './numbers'
import { completePlaces, findChild, hashOfKey, placeAt } from './places'
import * as R from './rows'
import { skipLiteral, skipSpace } from './skip'

// Actions.
export const FAIL: u8 = 0
export const END: u8 = 1
export const NOTHING: u8 = 2
export const SKIP_STRING: u8 = 3
export const SKIP_NUMBER: u8 = 4
export const SKIP_CONTAINER: u8 = 5
export const ENTER: u8 = 6
export const CLOSE: u8 = 7
export const TAKE_TEXT: u8 = 8
export const NOTE_TEXT: u8 = 9
export const TAKE_TIME: u8 = 10
export const TAKE_INTEGER: u8 = 11
export const TAKE_DURATION: u8 = 12
export const TAKE_VALUE: u8 = 13
export const NOTE_NULL: u8 = 14
export const TAKE_ID: u8 = 15
export const SKIP_INNER: u8 = 16

// What a value is by its first byte.
export const STRING: u8 = 0
export const NUMBER: u8 = 1
export const OBJECT: u8 = 2
export const ARRAY: u8 = 3
export const TRUE: u8 = 4
export const FALSE: u8 = 5
export const NULL: u8 = 6

const NODE_BYTES: usize = 128
const NODE_MAX: u32 = 1024
const NODE_SLOTS: u32 = 4096
const SEPARATOR_MAX: usize = 256
// Nodes by hash: u32 each.
const NODE_TABLE: usize = memory.data(4096 * 4, 16)
let nodes: usize = 0
let nodeTexts: usize = 0
let nodeCount: u32 = 0
/** Whether there are too many nodes, so that learning starts afresh with the next line. */
export let isFull: bool = false

// The node that was last found for some first bytes, u32 each.
const RECENT: usize = memory.data(512 * 4, 16)

const LINE_START: u32 = 0xffffffff
/** Stands before the first value of a line. */
export let startNode: usize = 0

export function initShape(): void {
  nodes = allocate(NODE_BYTES * (NODE_MAX + 2))
  nodeTexts = allocate(SEPARATOR_MAX * 2 * (NODE_MAX + 2))
  forget()
}

/** Begins to learn anew. */
export function forget(): void {
  memory.fill(NODE_TABLE, 0, 4096 * 4)
  memory.fill(RECENT, 0, 512 * 4)
  // Node 0 matches nothing that a line may hold, and fails where it does.
  memory.fill(nodes, 0, NODE_BYTES * 2)
  v128.store(nodes, i8x16.splat(1))
  store<u32>(nodes, 0xffff, 16)
  startNode = nodes + NODE_BYTES
  store<u32>(startNode, nodes as u32, 56)
  store<u32>(startNode, nodes as u32, 60)
  store<u32>(startNode, LINE_START, 68)
  nodeCount = 2
  isFull = false
}

@inline
function isSameText(node: usize, p: usize): bool {
  const length = load<u32>(node, 48)
  if ((~i8x16.bitmask(i8x16.eq(v128.load(p), v128.load(node))) & load<i32>(node, 16)) !== 0) return false
  return length <= 16 || memory.compare(p, load<u32>(node, 52), length) === 0
}

/** The node of the text at `p`, behind the value of `before`; 0 where a line cannot go on like this, or not simply. */
export function findNode(before: usize, p: usize): usize {
  const other = load<u32>(before, 60) as usize
  let node: usize = 0
  if (load<u8>(other, 64) !== FAIL && isWhole(other, p)) node = other
  if (node === 0) {
    const recent = recentPlace(load<u32>(before, 68), p)
    node = load<u32>(recent) as usize
    if (node === 0 || load<u32>(node, 104) !== load<u32>(before, 68) || !isWhole(node, p)) {
      node = readSeparator(before, p)
      store<u32>(recent, node as u32)
    }
  }
  if (node !== 0) {
    if ((load<u32>(before, 56) as usize) !== nodes) store<u32>(before, load<u32>(before, 56), 60)
    store<u32>(before, node as u32, 56)
  }
  return node
}

/** Has the next node looked for anew: what stands there looks like a number's node, but is no number. */
export function demote(before: usize): void {
  store<u32>(before, load<u32>(before, 56), 60)
  store<u32>(before, nodes as u32, 56)
}

@inline
function isNumberStart(byte: u32): bool {
  return isDigit(byte) || byte === 45
}

// Whether a node's text stands at `p`, and a value of its kind behind it.
function isWhole(node: usize, p: usize): bool {
  return isSameText(node, p) && (load<u8>(node, 67) !== NUMBER || isNumberStart(load<u8>(p + load<u32>(node, 48))))
}

// Where the node is noted that was last found for a position and the first bytes of a text.
@inline
function recentPlace(position: u32, p: usize): usize {
  const mixed = (load<u64>(p) ^ (load<u64>(p, 4) * 0x9e3779b97f4a7c15) ^ (position as u64)) * 0xc2b2ae3d27d4eb4f
  return RECENT + (((mixed >> 55) as usize) << 2)
}

function readSeparator(before: usize, start: usize): usize {
  const position = load<u32>(before, 68)
  let p = start
  let place: u32 = 0
  let isFirst = true
  if (position === LINE_START) {
    if (load<u8>(p) !== 0x7b) return 0
    p++
  } else {
    place = position >> 1
    isFirst = (position & 1) !== 0
  }
  p = skipSpace(p)
  if (load<u8>(p) === 0x7d) {
    p++
    if (place === 0) {
      p = skipSpace(p)
      return load<u8>(p) === 10 ? nodeOf(position, start, p + 1, END, LINE_START, 0, NULL) : 0
    }
    return nodeOf(position, start, p, CLOSE, load<u32>(placeAt(place), 4) << 1, 0, NULL)
  }
  if (!isFirst) {
    if (load<u8>(p) !== 0x2c) return 0
    p = skipSpace(p + 1)
  }
  if (load<u8>(p) !== 0x22) return 0
  p++
  const key = p
  // Keys with escapes or beyond ASCII are left to the reference reader.
  for (let byte: u32 = load<u8>(p); byte !== 0x22; byte = load<u8>(++p))
    if (byte < 32 || byte > 126 || byte === 0x5c) return 0
  const child = findChild(place, key, (p - key) as u32)
  p = skipSpace(p + 1)
  if (load<u8>(p) !== 0x3a) return 0
  p = skipSpace(p + 1)
  return valueNode(position, place, child, start, p)
}

// The node for a value that begins at `p`, of a key that is at `child` in the tree, or nowhere if that is 0.
function valueNode(position: u32, place: u32, child: u32, start: usize, p: usize): usize {
  const byte: u32 = load<u8>(p)
  const behind = place << 1
  const target: usize = child === 0 ? 0 : load<u32>(placeAt(child))
  const isInner = child !== 0 && load<u32>(placeAt(child), 12) !== 0
  if (isInner && target !== 0 && byte === 0x7b) return 0
  const isRead = target !== 0
  if (isInner && !isRead && byte !== 0x7b) return skippedInner(position, child, start, p)
  if (byte === 0x22) {
    return nodeOf(position, start, p + 1, isRead ? actionFor(target, STRING) : SKIP_STRING, behind, target, STRING)
  }
  if (isNumberStart(byte)) {
    return nodeOf(position, start, p, isRead ? actionFor(target, NUMBER) : SKIP_NUMBER, behind, target, NUMBER)
  }
  if (byte === 0x7b || byte === 0x5b) {
    const lexical = byte === 0x7b ? OBJECT : ARRAY
    if (isInner) {
      if (byte === 0x5b) return 0
      completePlaces(child)
      return noteInner(nodeOf(position, start, p + 1, ENTER, (child << 1) | 1, 0, OBJECT), child)
    }
    return nodeOf(position, start, p + 1, isRead ? TAKE_VALUE : SKIP_CONTAINER, behind, target, lexical)
  }
  const end = skipLiteral(p)
  if (end === 0) return 0
  const lexical = byte === 0x74 ? TRUE : byte === 0x66 ? FALSE : NULL
  const action = !isRead ? NOTHING : lexical === NULL && load<u32>(target, 4) === 0 ? NOTE_NULL : TAKE_VALUE
  const node = nodeOf(position, start, end, action, behind, target, lexical)
  return isInner ? noteInner(node, child) : node
}

// Something else where there might have been an object with places in it: nothing of it is wanted.
function skippedInner(position: u32, child: u32, start: usize, p: usize): usize {
  const behind = load<u32>(placeAt(child), 4) << 1
  const byte: u32 = load<u8>(p)
  if (byte === 0x5b && (load<u32>(placeAt(child), 12) & 2) !== 0) return 0
  if (byte === 0x22 || byte === 0x5b)
    return noteInner(nodeOf(position, start, p + 1, SKIP_INNER, behind, 0, byte === 0x22 ? STRING : ARRAY), child)
  if (isNumberStart(byte)) return noteInner(nodeOf(position, start, p, SKIP_INNER, behind, 0, NUMBER), child)
  const end = skipLiteral(p)
  const lexical = byte === 0x74 ? TRUE : byte === 0x66 ? FALSE : NULL
  return end === 0 ? 0 : noteInner(nodeOf(position, start, end, NOTHING, behind, 0, lexical), child)
}

// The bit by which an inner place that comes twice in a line is known. Where two share one, the reference reads the line.
function noteInner(node: usize, child: u32): usize {
  if (node !== 0) store<u64>(node, (1 as u64) << ((load<u32>(placeAt(child), 8) & 63) as u64), 112)
  return node
}

function actionFor(target: usize, lexical: u8): u8 {
  const kind = load<u8>(target, 2)
  if (load<u32>(target, 4) !== 0) return TAKE_VALUE
  if (lexical === STRING) {
    if (kind === P.SLOT_TIME) return TAKE_TIME
    if (kind === P.SLOT_TEXT || kind === P.SLOT_ERROR) return load<u8>(target, 3) !== 0 ? TAKE_TEXT : NOTE_TEXT
    if (kind === P.SLOT_ID) return R.wantsIds ? TAKE_ID : NOTE_TEXT
    return kind === P.SLOT_EXTRA_TEXT ? TAKE_TEXT : TAKE_VALUE
  }
  if (kind === P.SLOT_TOKENS || kind === P.SLOT_ENTRIES) return TAKE_INTEGER
  return kind === P.SLOT_DURATION ? TAKE_DURATION : TAKE_VALUE
}

// The node with this text at this position, a new one if need be; 0 where it cannot be kept.
function nodeOf(position: u32, start: usize, end: usize, action: u8, behind: u32, target: usize, lexical: u8): usize {
  const length = end - start
  if (length > SEPARATOR_MAX) return 0
  let slot = hashOfKey(position, start, length as u32) & (NODE_SLOTS - 1)
  while (true) {
    const node = load<u32>(NODE_TABLE + ((slot as usize) << 2)) as usize
    if (node === 0) break
    // A number's node has no byte of the value in its text, so that it may look like the beginning of another.
    if (
      load<u32>(node, 104) === position &&
      load<u32>(node, 48) === (length as u32) &&
      load<u8>(node, 67) === lexical &&
      isSameText(node, start)
    )
      return node
    slot = (slot + 1) & (NODE_SLOTS - 1)
  }
  if (nodeCount === NODE_MAX) {
    isFull = true
    return 0
  }
  const node = nodes + NODE_BYTES * (nodeCount as usize)
  const text = nodeTexts + SEPARATOR_MAX * 2 * (nodeCount as usize)
  nodeCount++
  store<u32>(NODE_TABLE + ((slot as usize) << 2), node as u32)
  memory.fill(node, 0, NODE_BYTES)
  memory.copy(text, start, length)
  memory.fill(text + length, 0, 16)
  v128.store(node, v128.load(text))
  store<u32>(node, length >= 16 ? 0xffff : ((1 as u32) << (length as u32)) - 1, 16)
  if (length > 16) v128.store(node + 32, v128.load(text + length - 16))
  store<u32>(node, length as u32, 48)
  store<u32>(node, text as u32, 52)
  store<u32>(node, nodes as u32, 56)
  store<u32>(node, nodes as u32, 60)
  store<u8>(node, action, 64)
  store<u8>(node, lexical, 67)
  store<u32>(node, behind, 68)
  store<u32>(node, position, 104)
  store<u32>(node, target as u32, 92)
  if (target !== 0) {
    store<u8>(node, load<u8>(target), 65)
    store<u8>(node, load<u8>(target, 1), 66)
    // Actions that weigh names themselves are not stopped where the slot has a value.
    if (action !== TAKE_VALUE && action !== NOTE_NULL) store<u64>(node, load<u64>(target, 16), 72)
    store<u32>(node, load<u32>(target, 24), 80)
    store<u32>(node, load<u32>(target, 28), 84)
    store<f64>(node, load<f64>(target, 8), 96)
  }
  return node
}
