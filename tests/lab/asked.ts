/** What Podman's own log says that it was asked, against what Podwire may ask. */
import type { Engine } from './host'

const READS = new Set(
  [
    '_ping',
    'version',
    'info',
    'containers/json?all=true&namespace=true',
    'containers/{id}/json',
    'networks/json',
    'pods/json',
    'pods/{id}/json',
    'volumes/json',
    'events?stream=true&filters=%7B%22type%22%3A%5B%22container%22%2C%22pod%22%2C%22network%22%5D%7D',
  ].map(path => `GET /v4.0.0/libpod/${path}`),
)

/** Requests that are none of the ten reads. */
export const foreignTo = ({ asked }: Engine): string[] => [...asked].filter(request => !READS.has(request))
