/** Where the files of an engine's machine are seen from here. */
import { known, unknown } from './facts'
import { type HostProof, proveHostNamespace } from './host-namespace'
import { liveProc, type Proc } from './proc'
import type { Known, ProbeInput } from './types'

/** "" = its files are Podwire's own; "/proc/PID/root" = they are below it, and absolute links lead out of it. */
export type FindRoot = (input: ProbeInput) => Promise<Known<string>>

/**
 * Finds it by a process of the engine's own, which the same proofs show as for the network namespace: a socket may be forwarded
 * from another machine, whose files are not here. It remembers its proof, so keep one per engine.
 */
export function createRootFinder(proc: Proc = liveProc()): FindRoot {
  let last: HostProof | null = null
  return async input => {
    const proof = await proveHostNamespace(proc, input, last)
    last = proof
    if (!proof.proven) return unknown(`which machine's files are this engine's is not proven (${proof.because})`)
    const { witness } = proof
    if (witness === 'self') return unknown('Podwire runs in a container of this engine, and sees its own files only')
    const own = proc.identity('/')
    const theirs = proc.identity(`/proc/${witness}/root/`)
    if (!own.ok || !theirs.ok) return unknown(`the files of process ${witness} may not be looked at`)
    return known(own.value === theirs.value ? '' : `/proc/${witness}/root`, `process ${witness}`)
  }
}
