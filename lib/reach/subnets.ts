/** Addresses and subnets, as far as reachability asks. Unparsable text is never inside of anything. */
import ipaddr from 'ipaddr.js'

const parseCidr = (cidr: string) => (ipaddr.isValidCIDR(cidr) ? ipaddr.parseCIDR(cidr) : null)

/** Whether `cidr` and any of `others` share an address. */
export function overlaps(cidr: string, others: readonly string[]): boolean {
  const one = parseCidr(cidr)
  if (one === null) return false
  return others.some(text => {
    const other = parseCidr(text)
    if (other === null || one[0].kind() !== other[0].kind()) return false
    const [wide, narrow] = one[1] <= other[1] ? [one, other] : [other, one]
    return narrow[0].match(wide)
  })
}

/** Whether `address` lies in any of `subnets`. */
export function within(address: string, subnets: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  return subnets.some(text => {
    const subnet = parseCidr(text)
    return subnet !== null && subnet[0].kind() === parsed.kind() && parsed.match(subnet)
  })
}

/** Equal addresses, however they are written. */
export function sameAddress(a: string, b: string): boolean {
  if (a === b) return true
  if (!ipaddr.isValid(a) || !ipaddr.isValid(b)) return false
  return ipaddr.parse(a).toNormalizedString() === ipaddr.parse(b).toNormalizedString()
}

/** "" and 0.0.0.0 hold IPv4, "" and :: hold IPv6 (as Podman forwards them), a plain address only its own family. */
export function familiesOf(hostIp: string): { ipv4: boolean; ipv6: boolean } {
  if (hostIp === '') return { ipv4: true, ipv6: true }
  if (!ipaddr.isValid(hostIp)) return { ipv4: true, ipv6: true }
  const kind = ipaddr.parse(hostIp).kind()
  return { ipv4: kind === 'ipv4', ipv6: kind === 'ipv6' }
}
