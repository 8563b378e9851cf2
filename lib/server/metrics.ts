/** GET /metrics, in Prometheus' text format. Gauges are read from the hub when somebody asks. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Finding, Severity } from '@/lib/exposure/types'
import type { Host } from '@/lib/topology/types'

export interface Measurements {
  hosts: readonly Host[]
  findings: readonly Finding[]
  revision: number
  streams: number
  /** Calls to engines and their errors by path template. */
  calls: readonly { host: string; counters: Readonly<Record<string, { calls: number; errors: number }>> }[]
}

export interface Metrics {
  patches: Counter
  droppedStreams: Counter
  refusedStreams: Counter
  buildSeconds: Histogram
  text(): Promise<string>
}

const STATUSES: readonly Host['status'][] = ['live', 'polling', 'stale', 'unreachable']
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info']

/** Metrics of one hub. Label values are host ids and words of ours; nothing of an engine's free text. */
export function createMetrics(measure: () => Measurements): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, labelNames: string[], set: (gauge: Gauge, now: Measurements) => void) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset()
        set(this, measure())
      },
    })

  gauge('podwire_revision', 'Revision of the topology.', [], (one, now) => one.set(now.revision))
  gauge('podwire_streams', 'Browsers that follow the live stream.', [], (one, now) => one.set(now.streams))
  gauge('podwire_host_status', '1 for the status that a host has.', ['host', 'status'], (one, now) => {
    for (const host of now.hosts)
      for (const status of STATUSES) one.set({ host: host.id, status }, host.status === status ? 1 : 0)
  })
  gauge('podwire_host_age_seconds', 'Age of the data of a host.', ['host'], (one, now) => {
    for (const host of now.hosts) if (host.status !== 'unreachable') one.set({ host: host.id }, host.ageSeconds)
  })
  gauge('podwire_containers', 'Containers by state.', ['host', 'state'], (one, now) => {
    for (const host of now.hosts) for (const { state } of host.containers) one.inc({ host: host.id, state })
  })
  gauge('podwire_networks', 'Networks.', ['host'], (one, now) => {
    for (const host of now.hosts) one.set({ host: host.id }, host.networks.length)
  })
  gauge('podwire_findings', 'Findings that are not suppressed.', ['severity'], (one, now) => {
    for (const severity of SEVERITIES)
      one.set({ severity }, now.findings.filter(found => found.severity === severity && !found.suppressed).length)
  })

  /** What the collectors count; here it is only told. */
  const counted = (
    name: string,
    help: string,
    labelNames: string[],
    add: (counter: Counter, now: Measurements) => void,
  ) =>
    new Counter({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset()
        add(this, measure())
      },
    })
  counted('podwire_engine_calls_total', 'Requests to an engine.', ['host', 'path'], (one, now) => {
    for (const { host, counters } of now.calls)
      for (const [path, { calls }] of Object.entries(counters)) one.inc({ host, path }, calls)
  })
  counted('podwire_engine_errors_total', 'Requests to an engine that failed.', ['host', 'path'], (one, now) => {
    for (const { host, counters } of now.calls)
      for (const [path, { errors }] of Object.entries(counters)) one.inc({ host, path }, errors)
  })
  const gapsHelp = 'Times that the stream of events was opened again. What happened in between was read anew.'
  counted('podwire_event_gaps_total', gapsHelp, ['host'], (one, now) => {
    for (const { host, counters } of now.calls) one.inc({ host }, Math.max(0, (counters['/events']?.calls ?? 0) - 1))
  })

  const counter = (name: string, help: string) => new Counter({ name, help, registers })
  return {
    patches: counter('podwire_patches_total', 'Published changes of the topology.'),
    droppedStreams: counter('podwire_streams_dropped_total', 'Streams ended because the reader did not keep up.'),
    refusedStreams: counter('podwire_streams_refused_total', 'Streams refused because there were too many.'),
    buildSeconds: new Histogram({
      name: 'podwire_build_seconds',
      help: 'Time to build the model of one host from a snapshot.',
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1],
      registers,
    }),
    text: () => registry.metrics(),
  }
}
