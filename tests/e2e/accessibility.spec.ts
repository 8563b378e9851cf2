import { expectNoViolations } from './axe'
import { expect, openMap, test } from './rig'

for (const path of [
  '/',
  '/?select=container:proxy',
  '/?select=network:frontend',
  '/?view=list',
  '/?filter=net:frontend+port:none',
])
  test(`axe has nothing to say: ${path}`, async ({ page, podwire }) => {
    if (path.includes('view=list')) {
      await page.goto(podwire.url + path)
      await expect(page.getByRole('region', { name: /^Host/ }).first()).toBeVisible()
    } else await openMap(page, podwire.url + path)
    await expectNoViolations(page)
  })
