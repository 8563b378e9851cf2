/** relay.mjs SOCKET PORT: passes connections to the unix socket on to 127.0.0.1:PORT of the network namespace it runs in. */
import { connect, createServer } from 'node:net'

const [socket, port] = process.argv.slice(2)
createServer(near => {
  const far = connect(Number(port), '127.0.0.1')
  near.pipe(far).pipe(near)
  near.on('error', () => far.destroy())
  far.on('error', () => near.destroy())
}).listen(socket, () => process.stdout.write('ready\n'))
