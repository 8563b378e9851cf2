import { expect, test } from 'vitest'
import { namespaceOf, networkByName } from '@/lib/topology/lookup'
import { modelOfRecording } from '@/tests/recordings/model'
import { modesOfContainer, modesOfNetwork } from './modes'

const inspected = async (recording: string, name: string) => {
  const { host } = await modelOfRecording(recording)
  const container = host.containers.find(one => one.name === name)
  const namespace = container && namespaceOf(host, container)
  if (!container || !namespace) throw new Error(`no ${name}`)
  return modesOfContainer(host, container, namespace)
}

test.each([
  ['podman-5.4.2', 'node-exporter', ['host']],
  ['podman-5.4.2', 'airgap', ['none']],
  ['podman-5.4.2', 'legacy', ['bridgeDefault']],
  ['podman-5.4.2', 'web1', ['bridge']],
  ['podman-5.4.2', 'proxy', ['bridge', 'internal']],
  ['podman-5.4.2', 'iso1', ['bridge', 'isolate']],
  ['podman-5.4.2', 'printer', ['macvlan']],
  ['podman-5.4.2', 'sidecar', ['container', 'bridge', 'internal']],
  ['podman-5.4.2', 'shop-web', ['pod', 'bridge']],
  ['podman-5.4.2', 'slirp1', ['slirp4netns']],
  ['podman-5.4.2-ipvlan', 'cam', ['ipvlan']],
  ['podman-6.1.1-rootless', 'web', ['pasta']],
  ['podman-6.1.1-rootless', 'secretdb', ['rootlessBridge']],
])('%s: %s is in %j', async (recording, name, modes) => expect(await inspected(recording, name)).toEqual(modes))

test('a network explains itself', async () => {
  const { host } = await modelOfRecording('podman-5.4.2')
  const network = networkByName(host, 'backend')
  expect(network && modesOfNetwork(host, network)).toEqual(['bridge', 'internal'])
})
