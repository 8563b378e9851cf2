/** The socket: not there, not ours, nobody behind it, another one. */
import { chmod } from 'node:fs/promises'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { rigOf } from './rig'
import { withstands } from './withstands'

test('F01 socket path missing at start: said, with how to enable it, and tried again for ever', async () => {
  const rig = await rigOf({ start: false })
  await rig.proxy.refuse()
  await rig.proxy.vanish()
  await withstands(rig, {
    strike: () => rig.collector.start(),
    seenAs: 'unreachable',
    says: /^No Podman socket at .*podman\.sock: start one there with `podman system service/,
    meanwhile: () => expect(rig.hub.unready()).not.toEqual([]),
    mend: () => rig.proxy.listen(),
  })
  expect(rig.hub.unready()).toEqual([])
})

test('F02 socket appears later: connected within one back-off step, by the same stream', async () => {
  const rig = await rigOf({ start: false })
  await rig.proxy.refuse()
  await rig.proxy.vanish()
  const streams = rig.hub.streamCount()
  let from = Infinity
  await withstands(rig, {
    async strike() {
      rig.collector.start()
      await rig.time.advance(300_000)
    },
    seenAs: 'unreachable',
    says: /^No Podman socket at /,
    async mend() {
      from = rig.time.clock.elapsed()
      await rig.proxy.listen()
    },
  })
  // The socket file is looked for every second, however long the back-off has become.
  expect(rig.time.clock.elapsed() - from).toBeLessThanOrEqual(1_500)
  expect(rig.hub.streamCount()).toBe(streams)
})

test('F03 permission denied (EACCES): a message of its own with whom to be, and slow tries', async () => {
  const rig = await rigOf()
  const own = process.geteuid?.() ?? 0
  const become = (uid: number) => process.seteuid?.(uid)
  // Nobody else may enter the directory; for root that means to be somebody else for a while.
  try {
    await withstands(rig, {
      async strike() {
        await chmod(dirname(rig.proxy.path), 0o755)
        await chmod(rig.proxy.path, own === 0 ? 0o600 : 0)
        if (own === 0) become(65_534)
        rig.proxy.breakAll()
      },
      seenAs: 'stale',
      says:
        own === 0 ? /^No permission to use .*: it belongs to root, so run Podwire as root/ : /^No permission to use /,
      async meanwhile() {
        rig.proxy.requests.length = 0
        const tries = rig.collector.counters()['/_ping']?.calls ?? 0
        await rig.time.advance(150_000)
        expect((rig.collector.counters()['/_ping']?.calls ?? 0) - tries).toBeLessThanOrEqual(20)
      },
      async mend() {
        become(own)
        await chmod(rig.proxy.path, 0o600)
      },
    })
  } finally {
    become(own)
  }
})

test('F04 socket file removed, then recreated (new inode): stale within 5 s, then the new one', async () => {
  const rig = await rigOf()
  const from = rig.time.clock.elapsed()
  await withstands(rig, {
    strike: () => rig.proxy.vanish(),
    seenAs: 'stale',
    says: 'No Podman socket at',
    meanwhile: () => expect(rig.time.clock.elapsed() - from).toBeLessThanOrEqual(5_000),
    mend: () => rig.proxy.listen(),
  })
  // Replaced in one go, while those that are connected go on being served: nothing is reported as broken.
  const open = rig.proxy.connections()
  rig.proxy.requests.length = 0
  await rig.proxy.vanish()
  await rig.proxy.listen()
  await rig.until('read anew', () => rig.calls('/containers/json').length > 0, 5_000)
  await rig.until('live', () => rig.host().status === 'live', 1_000)
  expect(open).toBeGreaterThan(0)
})

test('F05 ECONNREFUSED, a stale socket file without a listener: as when it is missing', async () => {
  const rig = await rigOf()
  await withstands(rig, {
    strike: () => rig.proxy.refuse(),
    seenAs: 'stale',
    says: /^Nobody listens on .* \(a stale socket file\): restart it with/,
    mend: () => rig.proxy.listen(),
  })
})
