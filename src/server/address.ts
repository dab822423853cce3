// Addresses of this server: a path, and behind it what is asked.

export function addressOf(path: string, parameters: URLSearchParams): string {
  return parameters.size === 0 ? path : `${path}?${parameters}`
}

/** The same parameters but for some: null takes one away. */
export function changedParameters(
  parameters: URLSearchParams,
  changes: Readonly<Record<string, string | null>>,
): URLSearchParams {
  const all = new URLSearchParams(parameters)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) all.delete(name)
    else all.set(name, value)
  }
  return all
}
