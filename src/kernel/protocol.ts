// The numbers that assembly/ and src/kernel/ share, for both compilers: AssemblyScript reads this very file. So it contains
// only constants without types, whose values are whole numbers of 32 bits.

// Most of each that a kernel has room for.
export const ROWS_MAX = 1024
export const SLOTS_MAX = 64
export const MEMOS_MAX = 40
export const CONDITIONS_MAX = 32
export const SCOPE_RULES_MAX = 4

/** In the place of a slot, a mark, a stream or a source: none. */
export const NONE = 255

// Kinds of slots.
export const SLOT_TIME = 0
export const SLOT_TEXT = 1
export const SLOT_ERROR = 2
export const SLOT_TOKENS = 3
export const SLOT_ENTRIES = 4
export const SLOT_DURATION = 5
export const SLOT_COST = 6
export const SLOT_EXTRA_TEXT = 7
export const SLOT_EXTRA_NUMBER = 8
export const SLOT_ID = 9
export const SLOT_ID_PART = 10
export const SLOT_SKIP_TEST = 11
/** No value: says of that of another slot what its name says. */
export const SLOT_MARK = 12

// What the judge needs to know of a row.
export const ROLE_EVENT = 0
export const ROLE_STATUS = 1
export const ROLE_STATUS_CODE = 2
export const ROLE_ERROR = 3
export const ROLE_INPUT = 4
export const ROLE_CACHE_READ = 5
export const ROLE_CACHE_WRITE = 6
export const ROLE_CACHE_WRITE_1H = 7
export const ROLE_READ_BESIDE = 8
export const ROLE_WRITE_BESIDE = 9
export const ROLE_OUTPUT = 10
export const ROLE_REASONING = 11
export const ROLE_TOTAL = 12
export const ROLE_THOUGHTS = 13
export const ROLE_TOOLS = 14
export const ROLE_CACHES_INSIDE = 15
export const ROLE_TOOLS_BESIDE = 16
export const ROLE_THOUGHTS_BESIDE = 17

// Kinds of times, as those of src/scan/reader.ts; and a line that is left out.
export const TIME_INSTANT = 0
export const TIME_NAIVE = 1
export const TIME_ABSENT = 2
export const TIME_SKIPPED = 3
export const TIME_DAY = 4

// How a scan ends.
export const SCAN_DONE = 0
export const SCAN_IS_FULL = 1
export const SCAN_NEEDS_REFERENCE = 2

// Memos: a byte for each code of a text slot. Those of the conditions follow the first.
export const MEMO_ANALYSIS = 0
export const MEMO_STATUS = 1
export const MEMO_STATUS_CODE = 2
export const MEMO_FIRST_CONDITION = 3
export const MEMO_FIRST_SCOPE = 35
/** Which models have prices that change within the day. */
export const MEMO_FINE = 39

// Units of time: hours, days, weeks and months come first, stretches that name runs follow the time class.
export const UNIT_TIME_CLASS = 4
/** Runs with so many pauses. */
export const RUN_UNITS_MAX = 2
/** The offsets of local times. */
export const UNIT_NAIVE = 7
/** The offsets of the starts of days. */
export const UNIT_DAY = 8
export const UNITS_MAX = 9
/** Added to offsets in milliseconds, so that they are codes of 0 or more. */
export const OFFSET_BASE = 1000000000

// Kinds of streams.
export const STREAM_ZERO = 0
export const STREAM_TEXT = 1
export const STREAM_STATUS = 2
export const STREAM_UNIT = 3
export const STREAM_FLAGS = 4
export const STREAM_PAIR = 5
/** A unit whose coarse codes stand where the memo says nothing of the text of another stream. */
export const STREAM_COARSE_UNIT = 6
/** Pairs of the other keys' codes and of the stretch in which a run was begun. */
export const STREAM_RUN = 7

// The rate without its time class: two flags, then the context class.
export const FLAG_LOGGED = 1
export const FLAG_UNSPLIT = 2
export const CONTEXT_SHIFT = 2

// Which statuses pass.
export const STATUS_OK_BIT = 1
export const STATUS_ERROR_BIT = 2

// Where sums come from.
export const SOURCE_TOKENS = 0
export const SOURCE_SLOT = 1
export const SOURCE_FIXED = 2

// What a block adds to groups.
export const ADD_SUMS = 0
export const ADD_SKETCHES = 1
export const ADD_EXTENTS = 2

// What the sums of one lane are.
export const SUMS_ZERO = 0
export const SUMS_SMALL = 1
/** Some are above 2^53 - 1. They are at a place of their own, and here: */
export const SUMS_LARGE = 2
export const SUM_IS_LARGE = -1

// How an event is priced.
export const PRICE_UNKNOWN = 0
export const PRICE_LOGGED = 1
export const PRICE_ESTIMATED = 2
/** By weights that are no whole numbers of 10^-12 dollars, so by the host. */
export const PRICE_ESTIMATED_WIDE = 3
// A price: kind u8, whether an event also counts where it carries no usage u8, weights f64.
export const PRICE_BYTES = 80
export const PRICE_ALWAYS_AT = 1
export const PRICE_WEIGHTS_AT = 8
export const PRICE_WEIGHTS = 8
/** Among the things that are billed: the events themselves. */
export const BILLED_EVENTS = 6
/** Behind them: the logged cost. */
export const BILLED_LOGGED_COST = 8

// A table of texts: codes given u32, entries u32. An entry: length u32, place of the text u32.
export const TEXTS_SIZE_AT = 8
export const TEXTS_ENTRIES_AT = 12
export const TEXT_ENTRY_SHIFT = 6
export const TEXT_LENGTH_AT = 32
export const TEXT_PLACE_AT = 40

/** Words of the shape of a sketch: first bucket of its window, how many that has, length of its list. */
export const SHAPE_WORDS = 3
