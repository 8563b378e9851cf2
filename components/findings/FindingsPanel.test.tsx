// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { Finding, Severity } from '@/lib/exposure/types'
import { host, network, topology } from '@/lib/graph/testing'
import { formatRef } from '@/lib/topology/ref'
import { renderPage } from '@/components/testing'
import { FindingsPanel } from './FindingsPanel'

afterEach(cleanup)

const one = host(
  [network('app')],
  [
    { name: 'web', on: ['app'] },
    { name: 'db', on: ['app'] },
  ],
)
const finding = (name: string, severity: Severity, ruleId: string): Finding => {
  const container = one.containers.find(each => each.name === name)
  return {
    id: `${ruleId} ${name}`,
    ruleId,
    severity,
    confidence: 'high',
    hostId: one.id,
    subject: { kind: 'container', id: container?.id ?? '', name },
    title: `Rule ${ruleId}`,
    message: `${name}: message of ${ruleId}`,
    evidence: [{ field: 'HostConfig.Privileged', value: 'true' }],
    fix: { podman: `podman update ${name}`, quadlet: null },
    references: [],
    suppressed: null,
  }
}
const findings = [
  finding('web', 'low', 'minor'),
  finding('db', 'critical', 'worst'),
  finding('web', 'critical', 'worst'),
]
const headings = () => screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)

describe('the list of findings', () => {
  it('puts the worst rule first, and groups by thing when asked', () => {
    renderPage(<FindingsPanel />, topology(one), { findings, notExamined: [] })
    expect(headings()).toEqual(['Rule worst2', 'Rule minor1'])
    fireEvent.change(screen.getByLabelText('by'), { target: { value: 'subject' } })
    expect(headings()).toEqual(['db1', 'web2'])
  })

  it('hides a severity by its chip', () => {
    renderPage(<FindingsPanel />, topology(one), { findings, notExamined: [] })
    fireEvent.click(screen.getByRole('button', { name: /2 critical/ }))
    expect(headings()).toEqual(['Rule minor1'])
    expect(screen.getByText('1 of 3 findings')).toBeTruthy()
  })

  it('opens one with evidence and fix, and selects its subject without leaving the list', () => {
    const store = renderPage(<FindingsPanel />, topology(one), { findings, notExamined: [] })
    fireEvent.click(screen.getByRole('button', { name: /^db/ }))
    expect(document.querySelector('pre')?.textContent).toBe('podman update db')
    expect(screen.getByText('HostConfig.Privileged')).toBeTruthy()
    const { url, panel } = store.getState()
    expect(url.select && formatRef(url.select.ref)).toBe('container:db')
    expect(panel).toBe('findings')
  })

  it('makes one line of a cause that hits many, and shows each when asked', () => {
    const many = host(
      [network('app')],
      Array.from({ length: 9 }, (_, at) => ({ name: `c${at}`, on: ['app'] })),
    )
    const hits = many.containers.map(({ id, name }) => ({
      ...finding('web', 'medium', 'wide'),
      id: name,
      subject: { kind: 'container' as const, id, name },
    }))
    renderPage(<FindingsPanel />, topology(many), { findings: hits, notExamined: [] })
    expect(screen.getAllByRole('button', { name: /^c\d/ })).toHaveLength(1)
    fireEvent.click(screen.getByRole('button', { name: 'c0, c1, c2, c3, c4 and 4 more' }))
    expect(screen.getAllByRole('button', { name: /^c\d/ })).toHaveLength(9)
  })

  it('leaves out what was accepted, and says how many', () => {
    const accepted = { ...finding('db', 'high', 'ok'), suppressed: { by: 'config', reason: 'wanted', until: null } }
    renderPage(<FindingsPanel />, topology(one), { findings: [...findings, accepted], notExamined: [] })
    expect(screen.getByText('3 findings, 1 accepted')).toBeTruthy()
    expect(screen.queryByText('Rule ok')).toBeNull()
    const toggle = screen.getByRole('button', { name: 'Show accepted' })
    expect(toggle.getAttribute('aria-pressed')).toBe('false')
    fireEvent.click(toggle)
    expect(headings()).toEqual(['Rule worst2', 'Rule minor1', 'Accepted', 'Rule ok1'])
    fireEvent.click(within(screen.getByRole('region', { name: 'Accepted' })).getByRole('button', { name: /^db/ }))
    expect(screen.getByText(/Accepted by config: wanted/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Hide accepted' }))
    expect(screen.queryByText('Rule ok')).toBeNull()
  })

  it('draws the way to the host, step by step, each with its word', () => {
    const path = [
      { kind: 'segment' as const, id: 'segment:eth0', label: 'eth0' },
      { kind: 'door' as const, id: 'port:*:8080/tcp', label: '*:8080/tcp' },
      { kind: 'power' as const, id: 'privileged', label: '--privileged' },
      { kind: 'host' as const, id: one.id, label: 'root on the host' },
    ]
    renderPage(<FindingsPanel />, topology(one), {
      findings: [{ ...finding('db', 'critical', 'way'), path }],
      notExamined: [],
    })
    fireEvent.click(screen.getByRole('button', { name: /^db/ }))
    const steps = within(screen.getByRole('list', { name: 'The way from outside to the host' })).getAllByRole(
      'listitem',
    )
    expect(steps.map(step => step.textContent)).toEqual([
      'segmenteth0',
      '→door*:8080/tcp',
      '→power--privileged',
      '→becomesroot on the host',
    ])
  })

  it('never calls clean what nobody could read', () => {
    const unread = { ...one, status: 'unreachable' as const, containers: [], namespaces: [] }
    renderPage(<FindingsPanel />, topology(unread))
    expect(screen.getByText(/Nothing was examined/)).toBeTruthy()
    expect(screen.queryByText(/No rule found anything/)).toBeNull()
    cleanup()
    renderPage(<FindingsPanel />, topology(one, { ...unread, id: 'user', name: 'other' }))
    expect(screen.getByText('other: it could not be read')).toBeTruthy()
  })
})
