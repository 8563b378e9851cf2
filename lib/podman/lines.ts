/**
 * Splits bytes into lines at "\n"; a line is decoded only when it is whole, so a character may be split anywhere. A line
 * longer than `maxBytes` yields null once and is skipped to its end. What stands after the last "\n" is no line.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<string | null> {
  let parts: Uint8Array[] = []
  let held = 0
  let skipping = false
  const take = (): string => {
    const line = Buffer.concat(parts).toString('utf8')
    parts = []
    held = 0
    return line
  }
  for await (const chunk of chunks) {
    let rest = chunk
    for (;;) {
      const end = rest.indexOf(0x0a)
      const part = end === -1 ? rest : rest.subarray(0, end)
      if (!skipping && held + part.length > maxBytes) {
        skipping = true
        parts = []
        held = 0
        yield null
      }
      if (!skipping) {
        parts.push(part)
        held += part.length
      }
      if (end === -1) break
      if (skipping) skipping = false
      else yield take()
      rest = rest.subarray(end + 1)
    }
  }
}
