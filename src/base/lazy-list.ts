// A list whose items are made while it is read, so that only those being written take up memory.

/** What readers of a list may do; arrays can. */
export interface List<Item> extends Iterable<Item> {
  readonly length: number
  slice(start?: number, end?: number): Item[]
  map<Made>(make: (item: Item, index: number) => Made): Made[]
  filter(test: (item: Item) => boolean): Item[]
}

export class LazyList<Source, Item> implements List<Item> {
  private readonly sources: List<Source>
  private readonly make: (source: Source) => Item

  constructor(sources: List<Source>, make: (source: Source) => Item) {
    this.sources = sources
    this.make = make
  }

  get length(): number {
    return this.sources.length
  }

  *[Symbol.iterator](): Iterator<Item> {
    for (const source of this.sources) yield this.make(source)
  }

  slice(start?: number, end?: number): Item[] {
    return this.sources.slice(start, end).map(source => this.make(source))
  }

  map<Made>(make: (item: Item, index: number) => Made): Made[] {
    return this.sources.map((source, index) => make(this.make(source), index))
  }

  filter(test: (item: Item) => boolean): Item[] {
    return [...this].filter(test)
  }
}

const FEW = 1000

/** The items made of `sources`: at once where they are few, which may be read several times. */
export function listOf<Source, Item>(sources: List<Source>, make: (source: Source) => Item): List<Item> {
  return sources.length <= FEW ? sources.map(source => make(source)) : new LazyList(sources, make)
}
