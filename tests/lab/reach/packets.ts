/** Packets between the network namespaces of a lab host: who answers whom. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { LabHost } from '../host'

export type Target = readonly [address: string, port: number]

/** Network namespaces are named by path, as seen inside. */
export interface PacketPlan {
  listen: { netns: string; banner: string; ports: number[] }[]
  connect: { netns: string; targets: Target[] }[]
}

const answers = z.array(z.array(z.string()))

/** What answered, per entry of `connect` and per target of it: a banner, "" or "OPEN-NO-ANSWER". */
export async function sendPackets(host: LabHost, plan: PacketPlan): Promise<string[][]> {
  const folder = join(host.run, 'lab')
  await mkdir(folder, { recursive: true })
  await copyFile(join(import.meta.dirname, 'packets.py'), join(folder, 'packets.py'))
  await writeFile(join(folder, 'plan.json'), JSON.stringify(plan))
  await host.exec('bash', '-c', 'cd /run/lab && python3 packets.py < plan.json > answers.json')
  return answers.parse(JSON.parse(await readFile(join(folder, 'answers.json'), 'utf8')))
}
