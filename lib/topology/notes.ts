/** Why something about a container is not fully known, in words, by the container's full id; becomes facts.incomplete. */
export class Notes {
  readonly #byId = new Map<string, Set<string>>()

  add(engineId: string, text: string): void {
    const known = this.#byId.get(engineId)
    if (known) known.add(text)
    else this.#byId.set(engineId, new Set([text]))
  }

  of(engineId: string): string[] {
    return [...(this.#byId.get(engineId) ?? [])]
  }
}
