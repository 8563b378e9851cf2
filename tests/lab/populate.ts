/** Fills a host with many containers, fast: over the API, several at a time. */
import { Agent, request } from 'undici'
import type { Engine } from './host'

export interface Population {
  containers: number
  networks: number
  /** Created only, which is quicker; else all run. */
  stopped?: boolean
}

const AT_ONCE = 4

/** Names are c000, c001, … on the networks n00, n01, …; every fifth publishes a port, every tenth is on two networks. */
export async function populate(engine: Engine, { containers, networks, stopped = false }: Population): Promise<void> {
  const agent = new Agent({ connect: { socketPath: engine.socket }, connections: AT_ONCE })
  const post = async (path: string, body?: unknown) => {
    const { statusCode, body: answer } = await request(`http://podman/v4.0.0/libpod${path}`, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      headersTimeout: 120_000,
    })
    const text = await answer.text()
    if (statusCode >= 300) throw new Error(`POST ${path} answered ${statusCode}: ${text}`)
  }
  const networkOf = (index: number) => `n${String(index % networks).padStart(2, '0')}`
  try {
    // One after the other: each looks for a free subnet.
    for (let index = 0; index < networks; index++) await post('/networks/create', { name: networkOf(index) })
    await atOnce(containers, async index => {
      const name = `c${String(index).padStart(3, '0')}`
      const joined = index % 10 === 0 && networks > 1 ? [networkOf(index), networkOf(index + 1)] : [networkOf(index)]
      await post('/containers/create', {
        name,
        image: 'localhost/busybox',
        netns: { nsmode: 'bridge' },
        networks: Object.fromEntries(joined.map(network => [network, {}])),
        ...(index % 5 === 0 && { portmappings: [{ host_port: 10_000 + index, container_port: 80, protocol: 'tcp' }] }),
      })
      if (!stopped) await post(`/containers/${name}/start`)
    })
  } finally {
    await agent.close()
  }
}

async function atOnce(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}
