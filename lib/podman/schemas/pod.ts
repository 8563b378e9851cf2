import * as z from 'zod'
import { PodmanError } from '../errors'
import { podNetworkOptions } from '../network-options'
import { list, or, parseOne, parseRows, text } from '../tolerant'
import type { Listed, PodDetail, PodSummary } from '../types'
import { fullId, name, optionalId, time } from './common'

const row = z
  .object({
    Id: fullId,
    Name: name,
    Status: or(text(32), ''),
    Created: time,
    InfraId: optionalId,
    Containers: list(z.object({ Id: fullId })),
    Networks: list(name),
  })
  .transform(
    (row): PodSummary => ({
      id: row.Id,
      name: row.Name,
      state: row.Status,
      createdAt: row.Created,
      infraId: row.InfraId,
      containerIds: row.Containers.map(container => container.Id),
      networks: row.Networks,
    }),
  )

/** GET /pods/json. Problems of a pod's parts name the pod. */
export const parsePodList = (raw: unknown, template: string): Listed<PodSummary> => {
  const { rows, lost } = parseRows(row, raw, template)
  const partial = rows.flatMap(({ value, problems }) => problems.map(problem => `pod ${value.name}: ${problem}`))
  return Object.assign(
    rows.map(({ value }) => value),
    { problems: [...lost, ...partial] },
  )
}

const detail = z
  .object({
    Id: fullId,
    SharedNamespaces: list(z.string()),
    InfraContainerID: optionalId,
    InfraConfig: or(z.object({ HostNetwork: or(z.boolean(), false), NetworkOptions: podNetworkOptions }), null),
  })
  .transform(
    (pod): PodDetail => ({
      id: pod.Id,
      sharedNamespaces: pod.SharedNamespaces,
      hostNetwork: pod.InfraConfig?.HostNetwork ?? false,
      infraId: pod.InfraContainerID,
      userModeOptions: pod.InfraConfig?.NetworkOptions ?? null,
    }),
  )

/**
 * GET /pods/{id}/json. Every field that is read decides in whose namespace the members are, so one that cannot be
 * understood makes the whole answer `malformed` instead of a wrong one.
 */
export const parsePodDetail = (raw: unknown, template: string): PodDetail => {
  const { value, problems } = parseOne(detail, raw, template)
  const [problem] = problems
  if (problem === undefined) return value
  throw new PodmanError('malformed', `unusable answer: ${problem}`, { template })
}
