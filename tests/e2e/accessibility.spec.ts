import AxeBuilder from '@axe-core/playwright'
import { expect, openMap, test } from './rig'

for (const colorScheme of ['dark', 'light'] as const)
  for (const path of [
    '/',
    '/?select=container:proxy',
    '/?select=network:frontend',
    '/?view=list',
    '/?filter=net:frontend+port:none',
  ])
    test(`axe has nothing to say: ${colorScheme} ${path}`, async ({ page, podwire }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      if (path.includes('view=list')) {
        await page.goto(podwire.url + path)
        await expect(page.getByRole('region', { name: /^Host/ }).first()).toBeVisible()
      } else await openMap(page, podwire.url + path)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' | ')}`)).toEqual([])
    })
