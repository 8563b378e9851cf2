import * as z from 'zod'
import { containerLabels } from '../labels'
import { cut, maxName, withoutImageCredentials } from '../text'
import { list, or, parseRows } from '../tolerant'
import type { ContainerSummary, Listed } from '../types'
import { containerState, fullId, health, name, optionalId, optionalPid, time } from './common'
import { listedPorts } from './ports'

/** Inode of a network namespace; a number in some answers, text in others. */
const inode = or(
  z.union([z.string().regex(/^\d{0,20}$/, 'not an inode'), z.int().min(0).transform(String)]),
  '',
).transform(value => (value === '' || value === '0' ? null : value))

const imageReference = or(z.string(), '').transform(value => cut(withoutImageCredentials(value), maxName))

const row = z
  .object({
    Id: fullId,
    Names: list(name),
    Image: imageReference,
    State: containerState,
    Status: health,
    Pid: optionalPid,
    Pod: optionalId,
    IsInfra: or(z.boolean(), false),
    Created: time,
    StartedAt: time,
    Labels: containerLabels,
    Networks: list(name),
    Ports: listedPorts,
    Namespaces: or(z.object({ Net: inode }), { Net: null }),
  })
  .transform(
    (row): Omit<ContainerSummary, 'problems'> => ({
      id: row.Id,
      name: row.Names[0] ?? row.Id.slice(0, 12),
      image: row.Image,
      state: row.State,
      health: row.Status,
      pid: row.Pid,
      podId: row.Pod,
      isInfra: row.IsInfra,
      createdAt: row.Created,
      startedAt: row.StartedAt,
      labels: row.Labels,
      networks: row.Networks,
      ports: row.Ports,
      netns: row.Namespaces.Net,
    }),
  )

/** GET /containers/json?all=true&namespace=true. */
export const parseContainerList = (raw: unknown, template: string): Listed<ContainerSummary> => {
  const { rows, lost } = parseRows(row, raw, template)
  return Object.assign(
    rows.map(({ value, problems }): ContainerSummary => ({ ...value, problems })),
    { problems: lost },
  )
}
