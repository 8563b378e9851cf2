import { beforeAll, expect, test } from 'vitest'
import { describeNode } from '@/lib/graph/find'
import { buildScene } from '@/lib/graph/scene'
import { textWidth } from '@/lib/graph/text'
import type { Scene } from '@/lib/graph/types'
import { assembleTopology } from '@/lib/topology/build'
import type { Topology } from '@/lib/topology/types'
import { modelOfRecording } from '@/tests/recordings/model'
import { LANGUAGES } from './language'
import { wordsOf } from './catalogue'

let topology: Topology
beforeAll(async () => {
  topology = assembleTopology([await modelOfRecording('podman-5.4.2')], 1, '2026-11-21T00:00:00Z')
})
const NONE = { findings: [], notExamined: [] }
const sceneIn = async (language: (typeof LANGUAGES)[number]): Promise<Scene> =>
  buildScene(topology, NONE, { aspect: 16 / 9, words: (await wordsOf(language)).map.drawn })

test('the picture in Spanish says in Spanish whatever is not a name', async () => {
  const texts = (scene: Scene) =>
    scene.nodes.flatMap(node => [...node.texts.map(({ text }) => text), describeNode(scene, node)])
  const spanish = texts(await sceneIn('es')).join('\n')
  const english = texts(await sceneIn('en')).join('\n')
  for (const [here, there] of [
    ['networks', 'redes'],
    ['on several networks', 'en varias redes'],
    ['own uplink', 'salida propia'],
    ['internal', 'interna'],
    ['shared namespace', 'espacio compartido'],
    ['in the host’s own namespace', 'en el espacio del propio host'],
    ['attached from elsewhere', 'conectado desde otro lugar'],
    ['privileged', 'privilegiado'],
  ] as const) {
    expect(english).toContain(here)
    expect(spanish).toContain(there)
    expect(spanish.split(/[\n,·]\s*/)).not.toContain(here)
  }
})

test.each(LANGUAGES)('texts fit into what they stand in (%s)', async language => {
  const scene = await sceneIn(language)
  for (const { texts } of scene.nodes)
    for (const { text, size, bold, width } of texts)
      expect([text, textWidth(text, size, bold) <= width + 1]).toEqual([text, true])
})
