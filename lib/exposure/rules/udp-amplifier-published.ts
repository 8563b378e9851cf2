import { publishedPorts } from '../doors'
import type { Rule } from '../types'

/** Answers larger than the question: https://www.cisa.gov/news-events/alerts/2014/01/17/udp-based-amplification-attacks */
const AMPLIFIERS = new Set([53, 69, 111, 123, 161, 389, 1900, 11_211])

export const udpAmplifierPublished: Rule = {
  id: 'udp-amplifier-published',
  title: 'UDP service that can be used for reflection',
  severity: 'medium',
  when: 'UDP port 53, 69, 111, 123, 161, 389, 1900 or 11211, on the host or inside, is published off loopback, and the host passes it on.',
  fix: 'Publish it on the LAN address that needs it, and limit the rate.',
  falsePositives: 'Resolvers of a LAN.',
  references: ['https://www.cisa.gov/news-events/alerts/2014/01/17/udp-based-amplification-attacks'],
  enabledByDefault: true,
  examine: view =>
    publishedPorts(
      view,
      udpAmplifierPublished,
      ({ protocol, hostPort, containerPort }) =>
        protocol === 'udp' && (AMPLIFIERS.has(containerPort) || AMPLIFIERS.has(hostPort)),
      () => 'By port number, its answers are larger than the questions, and anybody can forge who asks.',
    ),
}
