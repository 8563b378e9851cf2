/** What the rules take for granted unless told otherwise. */
import type { Settings } from './types'

const VNC = Array.from({ length: 11 }, (_, display): [number, string] => [5900 + display, 'VNC'])

/** By port number alone: what really listens there is not known. */
const sensitivePorts: ReadonlyMap<number, string> = new Map([
  [389, 'LDAP'],
  [445, 'SMB'],
  [1433, 'Microsoft SQL Server'],
  [1521, 'Oracle'],
  [2049, 'NFS'],
  [2379, 'etcd'],
  [2380, 'etcd peers'],
  [3306, 'MySQL'],
  [3389, 'RDP'],
  [5432, 'PostgreSQL'],
  [5601, 'Kibana'],
  [5672, 'AMQP'],
  [5984, 'CouchDB'],
  [6379, 'Redis'],
  [6443, 'Kubernetes API'],
  [8500, 'Consul'],
  [9042, 'Cassandra'],
  [9200, 'Elasticsearch'],
  [9300, 'Elasticsearch nodes'],
  [10250, 'kubelet'],
  [11211, 'memcached'],
  [15672, 'RabbitMQ management'],
  [27017, 'MongoDB'],
  ...VNC,
])

export const defaultSettings: Settings = { sensitivePorts, wideRange: 16, self: null }
