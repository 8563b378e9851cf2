import { describe, expect, it } from 'vitest'
import { readFirewall } from './firewall'

const chains = (...names: [table: string, chain: string][]) => ({
  nftables: [{ metainfo: {} }, ...names.map(([table, name]) => ({ chain: { family: 'inet', table, name } }))],
})
const nothing = { nft: null, iptables: null, legacyTables: null }

describe('readFirewall', () => {
  it('sees netavark’s own nftables table', () => {
    expect(readFirewall({ ...nothing, nft: chains(['netavark', 'FORWARD']) })).toMatchObject({ value: 'nftables' })
  })

  it('sees chains that iptables made, through nft and through iptables-save', () => {
    expect(readFirewall({ ...nothing, nft: chains(['nat', 'NETAVARK-DN-1D87']) })).toMatchObject({ value: 'iptables' })
    expect(readFirewall({ ...nothing, iptables: '*filter\n:NETAVARK_FORWARD - [0:0]\n' })).toMatchObject({
      value: 'iptables',
    })
  })

  it('says none only when both tools were asked', () => {
    expect(readFirewall({ nft: chains(['filter', 'INPUT']), iptables: '', legacyTables: null })).toMatchObject({
      value: 'none',
    })
    expect(readFirewall({ nft: chains(), iptables: null, legacyTables: [] })).toMatchObject({ value: 'none' })
    expect(readFirewall({ nft: chains(), iptables: null, legacyTables: null }).known).toBe(false)
    expect(readFirewall({ nft: chains(), iptables: null, legacyTables: ['filter'] }).known).toBe(false)
    expect(readFirewall({ nft: null, iptables: '', legacyTables: [] }).known).toBe(false)
  })

  it('does not say none where firewalld may hold the rules', () => {
    expect(readFirewall({ nft: chains(['firewalld', 'filter_FORWARD']), iptables: '', legacyTables: [] }).known).toBe(
      false,
    )
  })
})
