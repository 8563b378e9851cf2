/** What an admin does to containers, and how the stream must show it. In this order: each builds on the ones before. */
import type { Container, Host, Namespace } from '@/lib/topology/types'
import type { Engine, User } from './host'

export interface LiveChange {
  what: string
  make: (engine: Engine) => Promise<unknown>
  shown: (host: Host) => boolean
}

const container = (host: Host, name: string): Container | undefined => host.containers.find(one => one.name === name)

const attachment = (host: Host, name: string, network: string): Namespace['attachments'][number] | undefined => {
  const home = host.namespaces.find(one => one.id === container(host, name)?.namespaceId)
  return home?.attachments.find(one => one.networkName === network)
}

const NETWORK: Record<User, string> = { root: 'frontend', dev: 'app' }

export const LIVE_CHANGES: readonly LiveChange[] = [
  {
    what: 'podman run',
    make: engine =>
      engine.podman(
        'run',
        '-d',
        '--name',
        'guest',
        '--network',
        NETWORK[engine.user],
        '-p',
        '9999:99',
        'localhost/busybox',
      ),
    shown: host =>
      container(host, 'guest')?.state === 'running' &&
      host.namespaces.some(({ published }) => published.some(({ hostPort }) => hostPort === 9999)),
  },
  {
    what: 'podman stop',
    make: engine => engine.podman('stop', '-t', '0', 'guest'),
    shown: host => container(host, 'guest')?.state === 'exited',
  },
  {
    what: 'podman start',
    make: engine => engine.podman('start', 'guest'),
    shown: host => container(host, 'guest')?.state === 'running',
  },
  {
    what: 'podman rename',
    make: engine => engine.podman('rename', 'guest', 'visitor'),
    shown: host => container(host, 'guest') === undefined && container(host, 'visitor') !== undefined,
  },
  {
    what: 'podman network create',
    make: engine => engine.podman('network', 'create', 'party'),
    shown: host => host.networks.some(one => one.name === 'party'),
  },
  {
    what: 'podman network connect',
    make: engine => engine.podman('network', 'connect', 'party', 'visitor'),
    shown: host => attachment(host, 'visitor', 'party')?.addresses.length === 1,
  },
  {
    what: 'podman network disconnect',
    make: engine => engine.podman('network', 'disconnect', 'party', 'visitor'),
    shown: host => container(host, 'visitor') !== undefined && attachment(host, 'visitor', 'party') === undefined,
  },
  {
    what: 'podman network rm',
    make: engine => engine.podman('network', 'rm', 'party'),
    shown: host => !host.networks.some(one => one.name === 'party'),
  },
  {
    what: 'podman pod create',
    make: engine => engine.podman('pod', 'create', '--name', 'crew'),
    shown: host => host.pods.some(one => one.name === 'crew'),
  },
  {
    what: 'podman run --pod',
    make: engine => engine.podman('run', '-d', '--pod', 'crew', '--name', 'sailor', 'localhost/busybox'),
    shown: host => {
      const pod = host.pods.find(one => one.name === 'crew')
      const sailor = container(host, 'sailor')
      return (
        sailor?.state === 'running' && sailor.namespaceId === pod?.namespaceId && pod.containerIds.includes(sailor.id)
      )
    },
  },
  {
    what: 'podman pod rm',
    make: engine => engine.podman('pod', 'rm', '-f', '-t', '0', 'crew'),
    shown: host => host.pods.every(one => one.name !== 'crew') && container(host, 'sailor') === undefined,
  },
  {
    what: 'podman rm',
    make: engine => engine.podman('rm', '-f', '-t', '0', 'visitor'),
    shown: host => container(host, 'visitor') === undefined,
  },
]
