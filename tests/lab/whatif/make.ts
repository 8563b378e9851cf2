/** Makes a change on a lab host for real, with the very lines that the answer gives. */
import type { HostSnapshot } from '@/lib/collector/types'
import { shellQuote } from '@/lib/exposure/fix'
import type { Subject } from '@/lib/whatif/subject'
import type { Lines } from '@/lib/whatif/types'
import type { Engine } from '../host'

/** Rejects when Podman refuses. Whoever shares the namespace is created again after it. */
export async function makeChange(
  engine: Engine,
  { containers }: HostSnapshot,
  { target, record, movers, pod }: Subject,
  lines: Lines,
): Promise<string> {
  const { commands, options } = read(lines.podman ?? '')
  const members = containers.filter(
    ({ summary }) => pod !== null && summary.podId === pod.summary.id && summary.id !== record.summary.id,
  )
  const inPod = new Set(members.map(({ summary }) => summary.id))
  const followers = containers
    .filter(({ summary }) => movers.has(summary.id) && summary.id !== record.summary.id && !inPod.has(summary.id))
    .toSorted((a, b) => ((a.summary.createdAt ?? '') < (b.summary.createdAt ?? '') ? -1 : 1))
  const nameOf = new Map(containers.map(({ summary }) => [summary.id, summary.name]))
  const run = (name: string, words: string) =>
    `podman run -d --pull=never --name ${quoted(name)} ${words} localhost/busybox > /dev/null`
  const remove = followers.toReversed().map(({ summary }) => `podman rm -f -t 0 ${quoted(summary.name)} > /dev/null`)
  const joinAgain = followers.map(({ summary, detail }) => {
    const joined = (detail?.networkMode ?? '').replace('container:', '')
    return run(summary.name, `--network container:${quoted(nameOf.get(joined) ?? '')}`)
  })
  const script = [
    ...remove,
    ...(pod === null
      ? [`podman rm -f -t 0 ${quoted(target.name)} > /dev/null`, ...commands, run(target.name, options)]
      : [
          `podman pod rm -f -t 0 ${quoted(target.name)} > /dev/null 2>&1 || podman pod rm -f ${quoted(target.name)} > /dev/null`,
          ...commands,
          `podman pod create --name ${quoted(target.name)} --infra-name ${quoted(record.summary.name)} ${options} > /dev/null`,
          ...members.map(({ summary }) => run(summary.name, `--pod ${quoted(target.name)}`)),
        ]),
    ...joinAgain,
  ].join('\n')
  return engine.bash(script)
}

const quoted = (name: string): string => shellQuote(name) ?? ''

/** Commands as they are, and the options of "# create NAME again with: …". */
function read(podman: string): { commands: string[]; options: string } {
  const lines = podman.split('\n')
  const again = lines.find(line => line.startsWith('# create ')) ?? ''
  const options = / again with: (.*)$/.exec(again)?.[1]
  if (options === undefined && !again.includes(' again without: ')) throw new Error(`no way to make it: ${podman}`)
  return { commands: lines.filter(line => !line.startsWith('#')), options: options ?? '' }
}
