import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { answerUnchanged } from './unchanged'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** Answers 200 where Next would be asked. */
async function start(revision: number): Promise<string> {
  const server = createServer((request, response) => {
    if (!answerUnchanged(request, response, revision)) response.end('from next')
  })
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

test.each([
  ['the revision of now', '/api/v1/topology', 'W/"7"', 304],
  ['one of several', '/api/v1/topology', '"1", "7"', 304],
  ['anything', '/api/v1/topology', '*', 304],
  ['an older revision', '/api/v1/topology', 'W/"6"', 200],
  ['another form of it', '/api/v1/topology?format=dot', 'W/"7"', 200],
  ['another path', '/api/v1/findings', 'W/"7"', 200],
])('who has %s: %s %s', async (_, path, etag, status) => {
  const url = await start(7)
  const answer = await fetch(url + path, { headers: { 'if-none-match': etag } })
  expect(answer.status).toBe(status)
  if (status === 304) expect(answer.headers.get('etag')).toBe('W/"7"')
})

test('who has nothing is told everything', async () => {
  expect((await fetch(`${await start(7)}/api/v1/topology`)).status).toBe(200)
})
