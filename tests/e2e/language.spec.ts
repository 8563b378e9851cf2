/** Spanish by link: no English is left on the screens, what the server found and why included. */
import type { Page } from '@playwright/test'
import { expect, inTheme, openMap, shoot, test } from './rig'
import { faults, labelOn } from './wall'

/** Words that Spanish does not have, and that the page's English can hardly do without. */
const ENGLISH =
  'the|and|of|with|from|this|that|which|nothing|nobody|container|containers|network|networks|finding|findings|door|doors|reachable|blocked|unknown|running|stopped|published|listening|address|addresses|search|close|outside|shared|own|open|every|host’s|changes|ago|read'

/** Texts and spoken names that hold an English word. What is marked as English, typed, or a name is left out. */
const englishOn = (page: Page): Promise<string[]> =>
  page.evaluate(words => {
    // A name may hold such a word: "shared-net", "/etc/shared", "app.network", "containers.conf".
    const english = new RegExp(`(?<![\\w.:/@=-])(?:${words})(?![\\w:/@=-]|\\.\\w)`, 'i')
    const found = new Set<string>()
    const look = (text: string | null, element: Element | null) => {
      if (text === null || element === null || !english.test(text)) return
      if (element.closest('[lang="en"], code, pre, script, style, .font-mono, [hidden]') === null) found.add(text)
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      look(node.textContent, node.parentElement)
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) look(element.getAttribute(name), element)
    return [...found]
  }, ENGLISH)

const SCREENS = [
  ['map', '/', 'Hallazgos'],
  ['container', '/?select=container:proxy', 'Identidad'],
  ['network', '/?select=network:frontend', 'Miembros'],
  ['host', '/?select=host', 'Motor'],
  ['list', '/?view=list', 'Puertos publicados'],
  ['reach', '/?reach=container:web1', 'Desde web1'],
  ['pair', '/?reach=container:web1&to=container:strict1', 'salto a salto'],
  ['outside', '/?reach=outside', 'Accesible desde fuera'],
] as const

const THEMES = ['dark', 'light'] as const

/** Nothing on the page is English, whichever theme it has. */
async function expectSpanish(page: Page, name: string): Promise<void> {
  for (const theme of THEMES) {
    await inTheme(page, theme)
    expect(await englishOn(page)).toEqual([])
    expect(await page.locator('[lang="en"]').allTextContents()).toEqual([])
    await shoot(page, `es-${name}-${theme}`)
  }
}

for (const [name, path, told] of SCREENS)
  test(`${name} is Spanish`, async ({ page, podwire }) => {
    const url = `${podwire.url}${path}${path.includes('?') ? '&' : '?'}lang=es`
    if (name === 'list') await page.goto(url)
    else await openMap(page, url)
    await expect(page.locator('html')).toHaveAttribute('lang', 'es')
    await expect(page.locator('body')).toContainText(told)
    await expectSpanish(page, name)
  })

test('the matrix is Spanish', async ({ page, podwire }) => {
  await page.goto(`${podwire.url}/?view=matrix&lang=es`)
  await expect(page.getByRole('grid', { name: /Quién llega a quién/ })).toBeVisible()
  await expect(page.getByRole('gridcell', { name: /: (accesible|bloqueado), / }).first()).toBeVisible()
  await expect(page.getByRole('gridcell', { name: /: (reachable|blocked), / })).toHaveCount(0)
  await expectSpanish(page, 'matrix')
})

for (const theme of THEMES)
  test(`the wall, ${theme}, is Spanish, and nothing of it is cut`, async ({ page, podwire }) => {
    for (const size of [
      { width: 1920, height: 1080 },
      { width: 1080, height: 1920 },
    ]) {
      await page.setViewportSize(size)
      await page.goto(`${podwire.url}/wall?theme=${theme}&lang=es`)
      await expect(page.getByRole('heading', { level: 1 })).toContainText('puertas al exterior')
      await expect(page.locator('html')).toHaveAttribute('lang', 'es')
      expect(await englishOn(page)).toEqual([])
      expect(await faults(page, labelOn(size))).toEqual([])
      await shoot(page, `es-wall-${theme}-${size.width}x${size.height}`)
    }
  })

test('every finding is told in Spanish, and what was not examined', async ({ page, podwire }) => {
  await openMap(page, `${podwire.url}/?lang=es`)
  const notes = page.locator('details', { hasText: 'Sin examinar' })
  await notes.locator('summary').click()
  await expect(notes.getByText('cortafuegos del host', { exact: true })).toBeVisible()
  // Causes that hit many are folded; every finding has a line of its message.
  const folded = page.locator('section > button[aria-expanded="false"]')
  for (let left = await folded.count(); left > 0; left--) {
    await folded.first().click()
    await expect(folded).toHaveCount(left - 1)
  }
  const findings = page.locator('section li > button')
  await findings.first().click()
  await expect(findings.first()).toHaveAttribute('aria-expanded', 'true')
  expect(await findings.count()).toBeGreaterThan(10)
  expect(await page.locator('[lang="en"]').allTextContents()).toEqual([])
  expect(await englishOn(page)).toEqual([])
})

test('one button changes the language, on the canvas too; Back and a reload keep what the link says', async ({
  page,
  podwire,
}) => {
  const drawn = () =>
    page.evaluate(() => (window.podwireGraph?.nodes().toArray() ?? []).map(node => String(node.data('text') ?? '')))
  await openMap(page, podwire.url)
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect.poll(drawn).toContain('networks')
  await page.getByRole('button', { name: 'Language: English. Switch to Español' }).click()
  await expect(page).toHaveURL(/lang=es/)
  await expect(page.locator('html')).toHaveAttribute('lang', 'es')
  await expect(page.getByRole('application', { name: /^Mapa de hosts/ })).toBeVisible()
  await expect.poll(drawn).toContain('redes')
  expect(await drawn()).not.toContain('networks')

  await page.getByRole('button', { name: 'Matriz de quién llega a quién' }).click()
  await expect(page.getByRole('grid')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('application', { name: /^Mapa de hosts/ })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('application', { name: /^Mapa de hosts/ })).toBeVisible()

  await page.getByRole('button', { name: 'Idioma: Español. Cambiar a English' }).click()
  await expect(page.getByRole('application', { name: /^Map of hosts/ })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})

test.describe('a Spanish browser', () => {
  test.use({ locale: 'es-MX' })
  test('gets Spanish without a link, and English with one', async ({ page, podwire, complaints }) => {
    await openMap(page, podwire.url)
    await expect(page.locator('html')).toHaveAttribute('lang', 'es')
    await page.goto(`${podwire.url}/wall`)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('puertas al exterior')
    await page.goto(`${podwire.url}/wall?lang=en`)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('doors to the outside')
    await page.goto(`${podwire.url}/nowhere`)
    await expect(page.getByText('Aquí no hay nada')).toBeVisible()
    // The browser says so too, and rightly.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('404')])
  })
})
