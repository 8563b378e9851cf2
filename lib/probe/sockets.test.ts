import { describe, expect, it } from 'vitest'
import { SOCKET_HEADER, socketLine } from './testing'
import { parseListeningUnixSockets, parseSocketCounts, parseSocketTable } from './sockets'

describe('parseSocketTable', () => {
  it('keeps TCP sockets that listen and no others', () => {
    const text =
      SOCKET_HEADER +
      socketLine('0100007F:1F90', '11') +
      socketLine('0100007F:1F91', '12', '01', '0100007F:A000') +
      socketLine('00000000:0050', '13', '06')
    expect(parseSocketTable(text, 'tcp', 'LE')).toEqual([
      { address: '127.0.0.1', port: 8080, protocol: 'tcp', inode: '11' },
    ])
  })

  it('keeps UDP sockets without a peer', () => {
    const text =
      SOCKET_HEADER + socketLine('00000000:14E9', '21', '07') + socketLine('0100007F:0035', '22', '01', '0100007F:A000')
    expect(parseSocketTable(text, 'udp', 'LE')).toEqual([
      { address: '0.0.0.0', port: 5353, protocol: 'udp', inode: '21' },
    ])
  })

  it('reads the IPv6 tables, mapped addresses as IPv4', () => {
    const none = `${'0'.repeat(32)}:0000`
    const text =
      socketLine(`${'0'.repeat(32)}:1F93`, '31', '0A', none) +
      socketLine('0000000000000000FFFF00000100007F:0050', '32', '0A', none)
    expect(parseSocketTable(text, 'tcp', 'LE').map(row => `${row.address} ${row.port}`)).toEqual([
      ':: 8083',
      '127.0.0.1 80',
    ])
  })

  it('reads UDP sockets of IPv6 without a peer', () => {
    const text = socketLine(`${'0'.repeat(32)}:0035`, '33', '07', `${'0'.repeat(32)}:0000`)
    expect(parseSocketTable(text, 'udp', 'LE')).toHaveLength(1)
  })

  it('leaves out what it does not understand', () => {
    expect(parseSocketTable('  sl local\n\n 1: nonsense\n2: 0:0 0:0 0A a b c d e f', 'tcp', 'LE')).toEqual([])
  })
})

describe('parseSocketCounts', () => {
  it('reads sockets in use by table', () => {
    expect(
      parseSocketCounts(
        'sockets: used 101\nTCP: inuse 6 orphan 0 tw 0 alloc 838 mem 286\nUDP: inuse 4 mem 0\nUDPLITE: inuse 9\n',
        'TCP6: inuse 1\nUDP6: inuse 0\nUDPLITE6: inuse 9\n',
      ),
    ).toEqual({ tcp: 6, udp: 4, tcp6: 1, udp6: 0 })
  })

  it('says null, not zero, for what is not there', () => {
    expect(parseSocketCounts('', '')).toEqual({ tcp: null, udp: null, tcp6: null, udp6: null })
  })
})

describe('parseListeningUnixSockets', () => {
  it('keeps sockets that listen at a path', () => {
    const text = [
      'Num       RefCount Protocol Flags    Type St Inode Path',
      '0000000079c6ce9b: 00000002 00000000 00010000 0001 01 36171 /run/podman/podman.sock',
      '0000000079c6ce9c: 00000003 00000000 00000000 0001 03 36172 /run/podman/podman.sock',
      '0000000079c6ce9d: 00000002 00000000 00010000 0001 01 36173 @abstract',
      '0000000079c6ce9e: 00000002 00000000 00010000 0001 01 36174',
      '0000000079c6ce9f: 00000002 00000000 00010000 0001 01 36175 /run/with space',
    ].join('\n')
    expect([...parseListeningUnixSockets(text)]).toEqual([
      ['36171', '/run/podman/podman.sock'],
      ['36175', '/run/with space'],
    ])
  })
})
