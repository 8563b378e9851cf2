/** The collector of one host: a live engine with the kernel's side beside it, or a recording of both. */
import { createCollector } from '@/lib/collector/collector'
import { unitsOfRecording } from '@/lib/collector/recorded-units'
import type { Collector } from '@/lib/collector/types'
import { localUnits } from './local-units'
import { createUnixClient } from '@/lib/podman/client'
import { createRecordingClient, type Recording } from '@/lib/podman/recording'
import type { Connection } from '@/lib/podman/types'
import { createHostProbe } from '@/lib/probe/probe'
import { probeRecording } from '@/lib/probe/recording'

export function collect(connection: Connection, recording: Recording | null): Collector {
  if (recording === null)
    return createCollector({
      connection,
      connect: () => createUnixClient(connection),
      probe: createHostProbe(),
      units: localUnits(connection.nestedIn !== undefined),
    })
  const facts = probeRecording(recording.kernel)
  return createCollector({
    connection,
    connect: () => createRecordingClient(connection, recording),
    probe: () => Promise.resolve(facts),
    units: ({ podman }) => Promise.resolve(unitsOfRecording(recording, podman)),
  })
}
