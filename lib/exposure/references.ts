/** Where a rule's claim can be read up. */
export const cis = (section: string): string => `CIS Docker Benchmark ${section}`
export const owasp = (rule: string): string => `OWASP Docker Security Cheat Sheet rule ${rule}`
export const nist = (section: string): string => `NIST SP 800-190 §${section}`
export const trivy = (id: string): string => `Trivy ${id}`
export const kubescape = (id: string): string => `Kubescape ${id}`

export const PODMAN_RUN = 'https://docs.podman.io/en/latest/markdown/podman-run.1.html'
export const PODMAN_NETWORK_CREATE = 'https://docs.podman.io/en/latest/markdown/podman-network-create.1.html'
export const PODMAN_SERVICE = 'https://docs.podman.io/en/latest/markdown/podman-system-service.1.html'
export const QUADLET = 'https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html'
