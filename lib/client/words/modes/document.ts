/** docs/network-modes.md, from the same words as the page. */
import { type Mode, type ModeWords, paragraphOf } from '.'

/** What each is called where it is asked for. */
const ASKED: readonly (readonly [mode: Mode, asked: string])[] = [
  ['bridgeDefault', '`--network bridge`, `Network=bridge`'],
  ['bridge', '`--network NAME`, `Network=NAME.network`'],
  ['internal', '`--internal`, `Internal=true`'],
  ['isolate', '`--opt isolate=true|strict`, `Options=isolate=…`'],
  ['host', '`--network host`, `Network=host`'],
  ['none', '`--network none`, `Network=none`'],
  ['private', '`--network private`, `Network=private`'],
  ['macvlan', '`--driver macvlan`, `Driver=macvlan`'],
  ['ipvlan', '`--driver ipvlan`, `Driver=ipvlan`'],
  ['container', '`--network container:NAME`, `Network=NAME.container`'],
  ['pod', '`--pod NAME`, `Pod=NAME.pod`'],
  ['path', '`--network ns:PATH`, `Network=ns:PATH`'],
  ['slirp4netns', '`--network slirp4netns`, `Network=slirp4netns`'],
  ['pasta', '`--network pasta`, `Network=pasta`'],
  ['rootlessBridge', '`--network NAME` of an ordinary user'],
]

/** Markdown, a part for each language. */
export function modesDocument(english: ModeWords, spanish: ModeWords): string {
  const part = (words: ModeWords) =>
    ASKED.flatMap(([mode, asked]) => [`### ${words[mode].name}`, asked, '', paragraphOf(words[mode]), ''])
  return [
    '# Network modes',
    '',
    'Also [in Spanish](#modos-de-red). Each sentence is shown by packets on real Podman, or by a test: the table is in',
    '`lib/client/words/modes/modes.test.ts`, which fails when one is without. This file is made from the same words that the page shows.',
    '',
    '## In English',
    '',
    ...part(english),
    '## Modos de red',
    '',
    ...part(spanish),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}
