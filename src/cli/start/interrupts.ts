// What is cleaned up when the program is interrupted. The program listens for signals only while there is something to clean
// up: a listener is called only between two turns of the event loop, and a report may compute for minutes. Without a listener
// a signal ends the process at once.
import { pause } from '../../base/pauses.ts'
import type { OnInterrupt } from '../../sink/beside.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

type Host = Pick<NodeJS.Process, 'on' | 'off' | 'kill' | 'pid'>

export class Interrupts {
  private readonly host: Host
  private readonly tidies = new Set<() => void>()

  constructor(host: Host) {
    this.host = host
  }

  readonly add: OnInterrupt = tidy => {
    if (this.tidies.size === 0) for (const signal of SIGNALS) this.host.on(signal, this.end)
    this.tidies.add(tidy)
    return async () => {
      // A signal that came while we were busy would otherwise be lost with its listener.
      await pause()
      if (this.tidies.delete(tidy) && this.tidies.size === 0) this.stopListening()
    }
  }

  // Whoever started the program should see that it ended by the signal, so it is sent again without us.
  private readonly end = (signal: NodeJS.Signals): void => {
    for (const tidy of this.tidies) tidy()
    this.stopListening()
    this.host.kill(this.host.pid, signal)
  }

  private stopListening(): void {
    for (const signal of SIGNALS) this.host.off(signal, this.end)
  }
}
