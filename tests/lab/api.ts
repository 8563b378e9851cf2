/** What a running Podwire answers. The types are its own: whether they are kept is what the tests find out. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Host, Topology } from '@/lib/topology/types'
import type { Podwire } from './server'

export async function getText(podwire: Podwire, path: string): Promise<string> {
  const response = await fetch(`${podwire.url}${path}`)
  const text = await response.text()
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 500)}`)
  return text
}

export async function getTopology(podwire: Podwire): Promise<Topology> {
  return JSON.parse(await getText(podwire, '/api/v1/topology'))
}

/** All hosts, once they and the kernel's side of them were read; that follows the first snapshot. */
export async function getProbedHosts(podwire: Podwire, limit = 20_000): Promise<Host[]> {
  const start = performance.now()
  for (;;) {
    const { hosts } = await getTopology(podwire)
    if (hosts.length > 0 && hosts.every(({ probe }) => probe.available)) return hosts
    if (performance.now() - start > limit)
      throw new Error(`not probed: ${hosts.map(({ probe }) => probe.reason).join()}`)
    await sleep(100)
  }
}

const only = ([host, ...others]: readonly Host[]): Host => {
  if (host === undefined || others.length > 0) throw new Error(`${others.length + 1} hosts instead of one`)
  return host
}

/** The only host. */
export const getHost = async (podwire: Podwire): Promise<Host> => only((await getTopology(podwire)).hosts)

/** The only host, with its kernel's side. */
export const getProbedHost = async (podwire: Podwire): Promise<Host> => only(await getProbedHosts(podwire))
