import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linesOf } from './lines'

const chunked = async function* (bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0
  for (const size of sizes) {
    yield bytes.subarray(at, at + size)
    at += size
  }
  yield bytes.subarray(at)
}

const all = async (lines: AsyncIterable<string | null>): Promise<(string | null)[]> => {
  const seen: (string | null)[] = []
  for await (const line of lines) seen.push(line)
  return seen
}

const linesIn = async (text: string, sizes: readonly number[], max = 1024): Promise<(string | null)[]> =>
  all(linesOf(chunked(new TextEncoder().encode(text), sizes), max))

describe('linesOf', () => {
  it('gives the same lines however the bytes arrive', async () => {
    const words = fc.array(fc.string({ unit: 'grapheme' }).map(line => line.replaceAll('\n', '')))
    await fc.assert(
      fc.asyncProperty(words, fc.array(fc.nat(7)), async (lines, sizes) => {
        expect(await linesIn(lines.map(line => `${line}\n`).join(''), sizes)).toEqual(lines)
      }),
    )
  })

  it('gives several lines of one chunk, and no unfinished one', async () => {
    expect(await linesIn('{}\n{}\n{', [])).toEqual(['{}', '{}'])
  })

  it('reports a line that is too long once, and goes on behind it', async () => {
    expect(await linesIn(`a\n${'x'.repeat(100)}\nb\n`, [3, 20, 20, 20], 10)).toEqual(['a', null, 'b'])
    expect(await linesIn(`${'x'.repeat(10)}\n${'x'.repeat(11)}\nb\n`, [], 10)).toEqual(['x'.repeat(10), null, 'b'])
  })

  it('reports a line without an end once, however long it goes on', async () => {
    let pulled = 0
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      for (; pulled < 1000; pulled += 1) yield new Uint8Array(100).fill(0x78)
    }
    expect(await all(linesOf(endless(), 1000))).toEqual([null])
    expect(pulled).toBe(1000)
  })
})
