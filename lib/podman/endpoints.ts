import { PodmanError } from './errors'

/**
 * Everything that Podwire ever asks an engine: these ten, as GET, and nothing else. libpod routes exist only under a
 * version, and a server never checks the upper end, so the oldest one is understood by every Podman from 4.0 on:
 * https://github.com/containers/podman/blob/v5.8.2/pkg/api/server/handler_api.go#L71
 */
const prefix = '/v4.0.0/libpod'

const endpoints = {
  ping: { template: '/_ping', query: '' },
  version: { template: '/version', query: '' },
  info: { template: '/info', query: '' },
  containers: { template: '/containers/json', query: '?all=true&namespace=true' },
  container: { template: '/containers/{id}/json', query: '' },
  networks: { template: '/networks/json', query: '' },
  pods: { template: '/pods/json', query: '' },
  pod: { template: '/pods/{id}/json', query: '' },
  volumes: { template: '/volumes/json', query: '' },
  events: {
    template: '/events',
    query: `?stream=true&filters=${encodeURIComponent('{"type":["container","pod","network"]}')}`,
  },
} as const

export type Endpoint = keyof typeof endpoints

/** All path templates, as they appear in counters and errors. */
export const templates: readonly string[] = Object.values(endpoints).map(endpoint => endpoint.template)

/** One call: its template for counters and messages, and the exact path that goes on the wire. */
export interface Call {
  template: string
  path: string
}

const fullId = /^[0-9a-f]{64}$/

/** The call for an endpoint without an id. */
export const callTo = (endpoint: Exclude<Endpoint, 'container' | 'pod'>): Call => {
  const { template, query } = endpoints[endpoint]
  return { template, path: prefix + template + query }
}

/** The call for one container or pod; anything but a full 64-hex id is refused here, before there is a path. */
export const callToOne = (endpoint: 'container' | 'pod', id: string): Call => {
  const { template, query } = endpoints[endpoint]
  if (!fullId.test(id)) throw new PodmanError('malformed', 'not a full container or pod id', { template })
  return { template, path: prefix + template.replace('{id}', id) + query }
}
