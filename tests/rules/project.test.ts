/** Rules about the project that no linter knows. */
import { describe, expect, test } from 'vitest'
import { FOLDERS, type Folder, LAYERS } from './layers'
import { ROOT } from './lint'
import { files, importsOf, isCode, isTest, read } from './sources'

const isFolder = (name: string | undefined): name is Folder => FOLDERS.some(folder => folder === name)

describe('the project', () => {
  test('lib imports only to its left', () => {
    const code = files.filter(path => path.startsWith('lib/') && isCode(path) && !isTest(path))
    const breaches: string[] = []
    let seen = 0
    for (const path of code) {
      const own = path.split('/')[1]
      if (!isFolder(own)) {
        breaches.push(`${path}: no layer is known for this folder`)
        continue
      }
      const { uses, typesOf } = LAYERS[own]
      for (const { from, typeOnly } of importsOf(path)) {
        seen++
        const there = /^@\/(lib\/)?([^/]+)/.exec(from)
        const folder = there?.[2]
        const isAllowed =
          there === null
            ? !/^\.\.\/\.\.\/|^\.\.\/(?:podman|probe|quadlet|collector|topology|reach|exposure|whatif|report|export|graph|server|client|wall)\//.test(
                from,
              ) || path.split('/').length > 3
            : there[1] !== undefined &&
              isFolder(folder) &&
              (folder === own || uses.includes(folder) || (typeOnly && typesOf.includes(folder)))
        if (!isAllowed) breaches.push(`${path} imports ${from}`)
      }
    }
    expect(seen).toBeGreaterThan(100)
    expect(breaches).toEqual([])
  })

  test.each([
    { what: 'code', limit: 400, wanted: (path: string) => !isTest(path) },
    { what: 'tests', limit: 1000, wanted: isTest },
  ])('no file of $what is longer than $limit lines', ({ limit, wanted }) => {
    const long = files
      .filter(path => isCode(path) && wanted(path))
      .map(path => ({ path, lines: read(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > limit)
    expect(long).toEqual([])
  })

  test('no file names a place of one machine', () => {
    // The checkout's own place, and that of throw-away hosts: true on one machine only.
    const places = [`${ROOT}/`, ['', 'tmp', 'lab', ''].join('/')]
    const found = files
      .filter(path => path !== 'package-lock.json')
      .flatMap(path => places.filter(place => read(path).includes(place)).map(place => `${path}: ${place}`))
    expect(found).toEqual([])
  })

  test('versions are exact, and locked', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'))
    const versions = Object.entries<string>({ ...dependencies, ...devDependencies })
    expect(versions.length).toBeGreaterThan(10)
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
    expect(files).toContain('package-lock.json')
  })
})
