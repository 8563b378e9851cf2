/** A live engine's model without a server: read once, from outside of its host. */
import { readOnce } from '@/lib/collector/once'
import { createUnitReader } from '@/lib/collector/units'
import { createUnixClient } from '@/lib/podman/client'
import type { Connection } from '@/lib/podman/types'
import { createRootFinder } from '@/lib/probe/engine-root'
import { createHostProbe } from '@/lib/probe/probe'
import { buildTopology } from '@/lib/topology/build'
import type { HostModel } from '@/lib/topology/types'
import type { Engine } from './host'

export async function modelOfLab({ socket, user }: Engine): Promise<HostModel> {
  const connection: Connection = {
    id: 'lab',
    name: 'lab',
    uri: `unix://${socket}`,
    transport: 'unix',
    path: socket,
    foundBy: 'the test',
    ownerUid: user === 'root' ? 0 : 1000,
  }
  const snapshot = await readOnce({
    connection,
    client: createUnixClient(connection),
    probe: createHostProbe(),
    units: createUnitReader({ findRoot: createRootFinder(), env: {}, uid: process.geteuid?.() }),
  })
  if (snapshot.problem !== null || !snapshot.probe.available)
    throw new Error(`not read: ${snapshot.problem ?? snapshot.probe.reason}`)
  return buildTopology(snapshot)
}
