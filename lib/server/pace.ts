/**
 * How often the picture may change: four times a second in a storm, evenly spread. After a pause three changes go at once,
 * for one `podman run` makes three: created, its interface, running.
 */
const INTERVAL_MS = 250
const BURST = 3

export class Pace {
  private credit = BURST
  private at: number
  constructor(private readonly now: () => number = () => performance.now()) {
    this.at = now()
  }

  /** Milliseconds until the next change may go; 0 = now. */
  wait(): number {
    this.earn()
    return this.credit >= 1 ? 0 : Math.ceil((1 - this.credit) * INTERVAL_MS)
  }

  spend(): void {
    this.earn()
    this.credit = Math.max(0, this.credit - 1)
  }

  private earn(): void {
    const now = this.now()
    this.credit = Math.min(BURST, this.credit + (now - this.at) / INTERVAL_MS)
    this.at = now
  }
}
