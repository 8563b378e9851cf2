/** Everything that the server says, in Spanish; loaded with Spanish alone. */
import { compile } from '../../grammar'
import { remembering } from '../../remember'
import { translate, type Part } from '../../translate'
import { findings } from './findings'
import { advice, hosts, kernel, reading, requests } from './hosts'
import { configuration, labels, named, notes, unsure } from './notes'
import * as phrases from './phrases'
import { endNames, reach } from './reach'
import { forwarding, topology } from './topology'
import { whatIf } from './whatif'

export const sentences = compile({
  tables: {
    sentence: { ...findings, ...hosts, ...whatIf },
    reason: { ...reach, ...topology, ...reading, ...kernel, ...notes },
    note: { ...named, ...labels },
    advice,
    configuration,
    end: endNames,
    forwarding,
    request: requests,
    unsure,
    alias: phrases.aliases,
    claim: phrases.claims,
    door: phrases.doors,
    engine: phrases.engines,
    engineWay: phrases.engineWays,
    holder: phrases.holders,
    hostPower: phrases.hostPower,
    lanAddress: phrases.lanAddresses,
    lanNeighbour: phrases.lanNeighbours,
    lanPlace: phrases.lanPlaces,
    mount: phrases.mounts,
    openPort: phrases.openPorts,
    openness: phrases.openness,
    origin: phrases.origins,
    plainPower: phrases.plainPowers,
    power: phrases.powers,
    return: phrases.returns,
    route: phrases.routes,
    service: phrases.services,
    setting: phrases.settings,
    step: phrases.steps,
    volume: phrases.volumes,
  },
  // "e" stands for "y" before the sound of i.
  and: next => (/^h?i(?![aeou])/i.test(next) ? ' e ' : ' y '),
  more: count => `${count} más`,
})

/** A text of the server in Spanish, as far as it is known; `odd` as in `translate`. */
export const inSpanish = (text: string, odd?: readonly string[]): Part[] => translate(sentences, text, odd)

export const sayInSpanish = remembering(inSpanish)
