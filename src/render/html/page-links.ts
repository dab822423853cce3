// Where the parts of a page lead that is shown by a server. In a file that is sent they lead nowhere.

export interface PageLinks {
  /** What the chart shows, and what it is stacked by; "" for nothing. */
  readonly metric: string
  readonly stackBy: string
  /** The address of the same view with these parameters; null takes one away. */
  view(changes: Readonly<Record<string, string | null>>): string
  /** With a field filtered by a value; null where no filter says that value alone. */
  only(field: string, value: string | null): string | null
  /** The filters of the view, each with the address of the view without it. */
  readonly filters: readonly { readonly text: string; readonly without: string }[]
  /** A section as a file. */
  file(section: string, form: 'csv' | 'json' | 'html'): string
}
