import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { z } from 'zod'
import type { FindingsReport } from '@/lib/exposure/types'
import type { ReachMatrix } from '@/lib/reach/matrix'
import type { ReachOutside } from '@/lib/reach/outside'
import type { ReachPairAnswer } from '@/lib/reach/stop'
import type { ReachRow } from '@/lib/reach/types'
import type { Topology, TopologyPatch } from '@/lib/topology/types'
import {
  type aboutSchema,
  type containerAnswerSchema,
  type findingsEventSchema,
  type findingsSchema,
  jsonSchemaDocument,
  type networkAnswerSchema,
  type patchSchema,
  type pingSchema,
  type podAnswerSchema,
  type reachMatrixSchema,
  type reachOutsideSchema,
  type reachPairSchema,
  type reachRowSchema,
  topologySchema,
} from './schema'
import type { PrivateAndHost, WhatIf } from '@/lib/whatif/types'
import type { privateAndHostSchema, whatIfSchema } from './what-if-schema'
import type { About, ContainerAnswer, FindingsEvent, NetworkAnswer, Ping, PodAnswer } from './types'

/** Checked by tsc: a field that one side has and the other has not stops the build. */
test('the schemas say the same as the types', () => {
  expectTypeOf<z.infer<typeof topologySchema>>().toEqualTypeOf<Topology>()
  expectTypeOf<z.infer<typeof findingsSchema>>().toEqualTypeOf<FindingsReport>()
  expectTypeOf<z.infer<typeof patchSchema>>().toEqualTypeOf<TopologyPatch>()
  expectTypeOf<z.infer<typeof findingsEventSchema>>().toEqualTypeOf<FindingsEvent>()
  expectTypeOf<z.infer<typeof pingSchema>>().toEqualTypeOf<Ping>()
  expectTypeOf<z.infer<typeof aboutSchema>>().toEqualTypeOf<About>()
  expectTypeOf<z.infer<typeof containerAnswerSchema>>().toEqualTypeOf<ContainerAnswer>()
  expectTypeOf<z.infer<typeof networkAnswerSchema>>().toEqualTypeOf<NetworkAnswer>()
  expectTypeOf<z.infer<typeof reachRowSchema>>().toEqualTypeOf<ReachRow>()
  expectTypeOf<z.infer<typeof reachPairSchema>>().toEqualTypeOf<ReachPairAnswer>()
  expectTypeOf<z.infer<typeof reachMatrixSchema>>().toEqualTypeOf<ReachMatrix>()
  expectTypeOf<z.infer<typeof reachOutsideSchema>>().toEqualTypeOf<ReachOutside>()
  expectTypeOf<z.infer<typeof podAnswerSchema>>().toEqualTypeOf<PodAnswer>()
  expectTypeOf<z.infer<typeof whatIfSchema>>().toEqualTypeOf<WhatIf>()
  expectTypeOf<z.infer<typeof privateAndHostSchema>>().toEqualTypeOf<PrivateAndHost>()
})

describe('the published document', () => {
  const text = JSON.stringify(jsonSchemaDocument())

  test('refers to nothing but its own definitions', () => {
    const { $defs } = jsonSchemaDocument()
    const names = Object.keys($defs ?? {})
    const references = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map(match => match[1])
    expect(references.length).toBeGreaterThan(10)
    for (const reference of references) expect(names.map(name => `#/$defs/${name}`)).toContain(reference)
  })

  test('leaves room for fields to come', () => {
    expect(text).not.toContain('"additionalProperties":false')
  })
})

test('a field that is not in the contract is seen', () => {
  const empty = { schemaVersion: 1, revision: 1, generatedAt: '', hosts: [] }
  expect(topologySchema.safeParse(empty).success).toBe(true)
  expect(topologySchema.safeParse({ ...empty, env: ['A=b'] }).success).toBe(false)
})

test('P7 every route answers by way of the check of who is there', () => {
  const routes = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('route.ts'))
  expect(routes.length).toBeGreaterThan(10)
  for (const route of routes) {
    const source = readFileSync(`app/${route}`, 'utf8')
    if (route !== 'healthz/route.ts') expect(source, route).toContain('serve(request')
    expect(source, route).toMatch(/^export const dynamic = 'force-dynamic'$/m)
    expect(source, route).not.toMatch(/\b(POST|PUT|PATCH|DELETE|OPTIONS)\b/)
  }
})
