/** Everything that is said of the recordings has Spanish. */
import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { examine } from '@/lib/exposure/engine'
import { RULES } from '@/lib/exposure/rules'
import { outsideEnds } from '@/lib/reach/ends'
import { matrixOf } from '@/lib/reach/matrix'
import { outsideOf } from '@/lib/reach/outside'
import { createReach } from '@/lib/reach/reach'
import type { ReachRef } from '@/lib/reach/refs'
import { pairWithStop } from '@/lib/reach/stop'
import type { HostModel } from '@/lib/topology/types'
import { modelOfRecording, recordingNames } from '@/tests/recordings/model'
import { inSpanish } from '.'

const folder = new URL('../../../../../tests/recordings/', import.meta.url).pathname
const recordings = [
  ...recordingNames().map(name => `${name}.json`),
  ...['rules', 'reach'].flatMap(inner => readdirSync(`${folder}${inner}`).map(name => `${inner}/${name}`)),
].filter(name => name.endsWith('.json') && !name.endsWith('.truth.json'))

/** Properties of the answers whose values are words of the server. */
const SAID = /(because|UnknownBecause|incomplete|outdated|notKnown|notExamined|message|problem)$/i

/** Everything that is said in a value, below. */
function textsOf(value: unknown, key = '', found = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    if (SAID.test(key)) found.add(value)
  } else if (Array.isArray(value)) for (const one of value) textsOf(one, key, found)
  else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value)) if (!OTHERS.has(name)) textsOf(one, name, found)
  return found
}

/** What the generator of Podman says of a file is quoted. */
const OTHERS = new Set(['problems'])

function everythingSaid(model: HostModel): Set<string> {
  const reach = createReach(model)
  const refs: ReachRef[] = [
    { kind: 'host' },
    ...outsideEnds(reach).flatMap(({ interface: name, routed }): ReachRef[] => [
      { kind: routed ? 'routed' : 'neighbour', name },
    ]),
    ...model.host.containers.map(({ name }): ReachRef => ({ kind: 'container', name })),
  ]
  return textsOf({
    host: model.host,
    findings: examine([model], { rules: RULES }),
    matrix: matrixOf(reach),
    outside: outsideOf(reach),
    rows: refs.map(ref => reach.row(ref)),
    // The last one's neighbours in the list will do: reasons are those of the rows.
    pairs: refs.map((ref, index) => pairWithStop(reach, ref, refs[(index + 7) % refs.length] ?? ref)),
  })
}

/** Words that no Spanish sentence has. */
const ENGLISH = /(?<![\w.:/=-])(?:and|the|is|of|not|unset|host's|every|network|which)(?![\w:/=-])/

const isEnglish = (text: string): boolean => inSpanish(text).some(({ lang }) => lang === 'en')

describe.each(recordings)('%s', name => {
  test('nothing that is said stays English', async () => {
    const texts = everythingSaid(await modelOfRecording(name.replace(/^.*\//, '').slice(0, -5), `${folder}${name}`))
    expect(texts.size).toBeGreaterThan(3)
    const spanish = [...texts].flatMap(text => inSpanish(text)).filter(({ lang }) => lang === null)
    expect(spanish.map(({ text }) => text).filter(text => ENGLISH.test(text))).toEqual([])
    expect([...texts].filter(isEnglish).filter(text => !QUOTED.test(text))).toEqual([])
  })
})

/** Findings that quote Podman's generator. */
const QUOTED = /^\S+: (?:line \d+: .*; accepted: |no Image or Rootfs key)/
