'use client'

import { unitsOf } from '@/lib/topology/lookup'
import type { Host, Unit, UnitDoor } from '@/lib/topology/types'
import { FreeText, Raw } from '@/components/FreeText'
import { useWords } from '@/components/page-state'
import { Fact, Facts, None, Section, Tag, Unknown, type Tone } from '@/components/ui/Facts'
import { ScopeTag } from './parts'
import { UnknownSaid } from '@/components/Said'

const PRESENT_TONES: Record<Unit['present'], Tone> = { yes: 'good', no: 'unknown', unknown: 'unknown' }

/** The files that declare this container, pod or network. */
export function UnitSections({ host, id }: { host: Host; id: string }) {
  const { file } = useWords().units
  return unitsOf(host, id).map(unit => (
    <Section key={unit.id} title={file}>
      <UnitFacts unit={unit} />
    </Section>
  ))
}

/** Every file of the host, also of what does not run. */
export function UnitList({ host }: { host: Host }) {
  const { none, present, template } = useWords().units
  if (host.units === null) return <UnknownSaid because={host.unitsUnknownBecause} />
  if (host.units.length === 0) return <None>{none}</None>
  return (
    <ul className="divide-y divide-line text-xs">
      {host.units.map(unit => (
        <li key={unit.id} className="py-1.5 first:pt-0 last:pb-0">
          <details>
            <summary>
              <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="font-mono break-all">{unit.name}</span>
                <Tag tone={PRESENT_TONES[unit.present]}>{unit.isTemplate ? template : present[unit.present]}</Tag>
                {unit.state !== null && <span className="text-muted">{unit.state}</span>}
                <Effects unit={unit} />
                {unit.present === 'no' && <Doors doors={unit.doors} />}
              </span>
            </summary>
            <div className="mt-2">
              <UnitFacts unit={unit} />
            </div>
          </details>
        </li>
      ))}
    </ul>
  )
}

/** What follows of its problems, each once. */
function Effects({ unit }: { unit: Unit }) {
  const { effects } = useWords().units
  return [...new Set(unit.problems.map(({ effect }) => effect))].map(effect => (
    <Tag key={effect} tone="caution">
      {effects[effect]}
    </Tag>
  ))
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** Where it is, what it makes, and the lines that count. */
export function UnitFacts({ unit }: { unit: Unit }) {
  const { facts, copies, present, noLines, serviceUndecided, line: lineWord, accepted } = useWords().units
  return (
    <Facts>
      <Fact name={facts.file}>
        <Raw text={unit.path} what={copies.file} />
      </Fact>
      <Fact name={facts.service}>
        {unit.service === null ? (
          <Unknown because={serviceUndecided} />
        ) : (
          <Raw text={unit.service} what={copies.service} />
        )}
      </Fact>
      <Fact name={facts.systemd}>{unit.state ?? <UnknownSaid because={unit.stateUnknownBecause} />}</Fact>
      {unit.makes !== null && (
        <Fact name={facts.makes}>
          <span className="font-mono break-all">{unit.makes}</span>
          <span className="text-muted"> · {present[unit.present]}</span>
        </Fact>
      )}
      <Fact name={facts.lines}>
        {unit.lines.length === 0 ? (
          <None>{noLines}</None>
        ) : (
          <ul className="space-y-0.5">
            {unit.lines.map(({ file, line, key, value }) => (
              <li key={`${file} ${line}`} title={`${file}:${line}`}>
                <span className="font-mono break-all">
                  {key}=<FreeText text={value} />
                </span>
                <span className="text-faint">
                  {' '}
                  {baseName(file)}:{line}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Fact>
      {unit.doors.length > 0 && (
        <Fact name={unit.present === 'no' ? facts.wouldOpen : facts.opens}>
          <Doors doors={unit.doors} />
        </Fact>
      )}
      {unit.problems.length > 0 && (
        <Fact name={facts.problems}>
          <ul className="space-y-1">
            {unit.problems.map(problem => (
              <li key={`${problem.file} ${problem.line} ${problem.message}`}>
                <span lang="en">
                  <FreeText text={problem.message} />
                </span>
                <span className="text-faint">
                  {' '}
                  {baseName(problem.file)}
                  {problem.line !== null && ` · ${lineWord(String(problem.line))}`}
                </span>
                {problem.accepted !== null && <div className="text-muted">{accepted(problem.accepted)}</div>}
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </Facts>
  )
}

const span = (first: number, range: number): string => (range === 1 ? String(first) : `${first}–${first + range - 1}`)

function Doors({ doors }: { doors: readonly UnitDoor[] }) {
  const { anyPort } = useWords().units
  return (
    <span className="flex flex-col gap-0.5">
      {doors.map(({ hostIp, hostPort, containerPort, range, protocol, scope, file, line }) => (
        <span key={`${file} ${line} ${protocol}`} className="inline-flex flex-wrap items-center gap-x-2">
          <span className="font-mono">
            {hostIp === '' ? '*' : hostIp.includes(':') ? `[${hostIp}]` : hostIp}:
            {hostPort === null ? anyPort : span(hostPort, range)} → {span(containerPort, range)}/{protocol}
          </span>
          <ScopeTag scope={scope} />
        </span>
      ))}
    </span>
  )
}
