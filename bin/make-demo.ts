/**
 * Makes public/demo.json from a recording of a real engine: the same format, cut down to the fields that lib/podman and
 * lib/probe read, without labels and the host's name. The file is served to browsers and shipped to everybody.
 *
 *   node --import tsx bin/make-demo.ts tests/recordings/podman-5.4.2.json public/demo.json
 */
import { readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod'
import { keptBody } from '@/lib/podman/kept'

/** true: kept as it is · an object: these fields of it */
type Keep = true | { [field: string]: Keep }

/** The same for every value of an object whose keys are names. */
const EACH = '*'

const KERNEL: Keep = {
  'ip -j -d addr': true,
  'ip -j route': true,
  'ip -j -6 route': true,
  'nft -j list ruleset': true,
  'iptables-save': true,
  'sysctl net/ipv4/ip_forward': true,
  'sysctl net/ipv6/conf/all/forwarding': true,
  'sysctl net/ipv4/ip_unprivileged_port_start': true,
  '/proc/net/tcp': true,
  '/proc/net/tcp6': true,
  '/proc/net/udp': true,
  '/proc/net/udp6': true,
  'host netns': true,
  containers: { [EACH]: { netns: true, tcp: true, tcp6: true } },
}

function prune(value: unknown, keep: Keep): unknown {
  if (keep === true || typeof value !== 'object' || value === null) return value
  const kept: [string, unknown][] = []
  for (const [field, inner] of Object.entries(value)) {
    const how = Object.hasOwn(keep, field) ? keep[field] : keep[EACH]
    if (how !== undefined) kept.push([field, prune(inner, how)])
  }
  return Object.fromEntries(kept)
}

const NAMELESS: ReadonlySet<string> = new Set(['Labels', 'labels', 'Annotations'])

/** For everybody: what the host was called, and who ran what there, is nobody's business. */
const forEverybody = (field: string, value: unknown): unknown => {
  if (NAMELESS.has(field)) return undefined
  return field === 'hostname' ? 'demo-host' : value
}

const answer = z.object({ status: z.int(), headers: z.record(z.string(), z.string()), body: z.unknown() })

/** The demo recording made from the text of another one. */
export function makeDemo(text: string): string {
  const recording = z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  const demo: [string, unknown][] = []
  for (const [key, value] of Object.entries(recording)) {
    const path = /^GET \/v[^/]+\/libpod(.*)$/.exec(key)?.[1]
    if (path !== undefined) {
      const { status, headers, body } = answer.parse(value)
      const kept = keptBody(path, body)
      const version = headers['Libpod-Api-Version'] ?? ''
      if (kept !== undefined) demo.push([key, { status, headers: { 'Libpod-Api-Version': version }, body: kept }])
    }
    if (key === 'kernel') demo.push([key, prune(value, KERNEL)])
  }
  return `${JSON.stringify(Object.fromEntries(demo), forEverybody)}\n`
}

const [, script, from, to] = process.argv
if (script?.endsWith('make-demo.ts') && from !== undefined && to !== undefined)
  writeFileSync(to, makeDemo(readFileSync(from, 'utf8')))
