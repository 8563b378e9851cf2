'use client'

import type { About } from '@/lib/server/types'
import type { StreamState } from '@/lib/client/stream'
import type { Host, Topology } from '@/lib/topology/types'
import { CodeBlock } from '@/components/ui/Copy'
import { Notice } from '@/components/ui/Notice'
import { ContainerIcon, LinkIcon } from '@/components/ui/icons'
import { WarningIcon } from '@/components/ui/notice-icons'
import { UnreachableHost } from './Problem'
import { useWords } from '@/components/page-state'
import { Skeleton } from './Skeleton'

function EmptyHost({ host }: { host: Host }) {
  const { empty, commands } = useWords().screens
  return (
    <Notice icon={ContainerIcon} title={empty.title(host.name)}>
      <p>{empty.text}</p>
      <CodeBlock
        what={commands}
        code={
          'podman network create app\npodman run -d --name web --network app -p 127.0.0.1:8080:80 docker.io/library/nginx'
        }
      />
    </Notice>
  )
}

function NoHosts({ about }: { about: About | null }) {
  const { noHosts } = useWords().screens
  return (
    <Notice icon={LinkIcon} title={noHosts.title}>
      <p>{noHosts.text}</p>
      <CodeBlock what={noHosts.forRoot} code="sudo systemctl enable --now podman.socket" />
      <CodeBlock what={noHosts.forUser} code="systemctl --user enable --now podman.socket" />
      {about !== null && <Unsupported about={about} />}
    </Notice>
  )
}

/** Connections that exist and cannot be used yet, so that nobody thinks they were overlooked. */
export function Unsupported({ about }: { about: About }) {
  const { unsupported } = useWords().screens
  if (about.unsupported.length === 0) return null
  return (
    <div>
      <p>{unsupported}</p>
      <ul className="mt-1 space-y-1">
        {about.unsupported.map(({ name, uri, reason }) => (
          <li key={`${name} ${uri}`}>
            <span className="font-medium text-ink">{name}</span> <span className="font-mono text-xs">{uri}</span>:{' '}
            {reason}
          </li>
        ))}
      </ul>
    </div>
  )
}

function NoServer({ stream }: { stream: StreamState }) {
  const { noServer, command } = useWords().screens
  const problem = stream.kind === 'reconnecting' || stream.kind === 'stale' ? stream.problem : ''
  return (
    <Notice icon={WarningIcon} title={noServer.title}>
      <p>
        {problem} {noServer.text}
      </p>
      <CodeBlock what={command} code="npm start" />
    </Notice>
  )
}

export type ScreenName = 'loading' | 'no-server' | 'no-hosts' | 'unreachable' | 'empty'

/** Which screen takes the picture's place; null when there is something to draw. */
export function screenFor(topology: Topology | null, stream: StreamState): ScreenName | null {
  if (topology === null) return stream.kind === 'reconnecting' || stream.kind === 'stale' ? 'no-server' : 'loading'
  if (topology.hosts.length === 0) return 'no-hosts'
  if (topology.hosts.every(host => host.status === 'unreachable')) return 'unreachable'
  const read = topology.hosts.filter(host => host.status !== 'unreachable')
  return read.every(host => host.containers.length === 0) ? 'empty' : null
}

export function Screen({
  name,
  topology,
  about,
  stream,
}: {
  name: ScreenName
  topology: Topology | null
  about: About | null
  stream: StreamState
}) {
  const { reading } = useWords().screens
  const hosts = topology?.hosts ?? []
  const centred = 'grid min-h-full content-center justify-items-center gap-4 overflow-y-auto p-6'
  switch (name) {
    case 'loading':
      return (
        <div className="h-full">
          <output className="sr-only">{reading}</output>
          <Skeleton />
        </div>
      )
    case 'no-server':
      return (
        <div className={centred}>
          <NoServer stream={stream} />
        </div>
      )
    case 'no-hosts':
      return (
        <div className={centred}>
          <NoHosts about={about} />
        </div>
      )
    case 'unreachable':
      return (
        <div className={centred}>
          {hosts.map(host => (
            <UnreachableHost key={host.id} host={host} />
          ))}
          {about !== null && about.unsupported.length > 0 && (
            <div className="max-w-xl text-sm text-muted">
              <Unsupported about={about} />
            </div>
          )}
        </div>
      )
    case 'empty':
      return (
        <div className={centred}>
          {hosts.map(host =>
            host.status === 'unreachable' ? (
              <UnreachableHost key={host.id} host={host} />
            ) : (
              <EmptyHost key={host.id} host={host} />
            ),
          )}
        </div>
      )
  }
}
