// Options of the cache: where sums are kept, how many, and for which version of the program.

export interface CacheOptions {
  /** Where the cache of these logs is; made when there is something to keep. */
  readonly folder: string
  /** Where the logs are, for people to see. */
  readonly logs: readonly string[]
  /** Of everything that sums depend on besides query and logs: the tool, the rules of time zones. */
  readonly toolVersion: string
  readonly now: () => number
  /** Fewer bytes of logs than this are read faster than looked up. */
  readonly leastBytes?: number
  /** So many files are looked up, however small they are. */
  readonly manyFiles?: number
  /** How large the folder may become. */
  readonly mostBytes?: number
  /** A file that grew by less is not stored anew. */
  readonly storedGrowthBytes?: number
}
