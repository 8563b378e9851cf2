import { PODMAN_SERVICE } from '../references'
import { hostSubject } from '../subjects'
import type { Rule } from '../types'

export const selfExposure: Rule = {
  id: 'self-exposure',
  title: 'Podwire itself is open',
  severity: 'high',
  when: "Podwire's own listener is not on loopback and asks for no token, or answers under any host name. Cannot be suppressed.",
  fix: 'Listen on 127.0.0.1, or set PODWIRE_TOKEN and name the hosts in PODWIRE_HOSTS.',
  falsePositives: null,
  references: [PODMAN_SERVICE],
  enabledByDefault: true,
  examine(view, { self }) {
    if (self === null || (self.hostId !== null && self.hostId !== view.host.id)) return { hits: [], unknown: [] }
    const reasons = [
      ...(!self.loopback && !self.authenticated ? [`listens on ${self.listen} and asks for no token`] : []),
      ...(self.anyHostName ? ['answers under any host name, so that any web page can ask it'] : []),
    ]
    if (reasons.length === 0) return { hits: [], unknown: [] }
    if (self.hostId === null)
      return { hits: [], unknown: [`Podwire ${reasons.join(', and ')}; whether it runs on this host is not known`] }
    return {
      hits: [
        {
          subject: hostSubject(view),
          severity: selfExposure.severity,
          confidence: 'high',
          message: `Podwire ${reasons.join(', and ')}: whoever reaches it sees all of this.`,
          evidence: [{ field: 'PODWIRE_LISTEN', value: self.listen }],
          fix: { podman: null, quadlet: null },
        },
      ],
      unknown: [],
    }
  },
}
