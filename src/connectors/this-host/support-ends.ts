/**
 * Until when each vendor publishes security updates without a further contract. Debian counts to the
 * end of long-term support; paid extensions (Ubuntu Pro, ELS) do not count, for they cannot be seen.
 * The key is `ID` of os-release and the version as far as support depends on it.
 */
const supportEnds: Readonly<Record<string, string>> = {
  'debian 8': '2020-06-30',
  'debian 9': '2022-06-30',
  'debian 10': '2024-06-30',
  'debian 11': '2026-08-31',
  'debian 12': '2028-06-30',
  'debian 13': '2030-06-30',
  'ubuntu 14.04': '2019-04-30',
  'ubuntu 16.04': '2021-04-30',
  'ubuntu 18.04': '2023-05-31',
  'ubuntu 20.04': '2025-05-31',
  'ubuntu 22.04': '2027-05-31',
  'ubuntu 24.04': '2029-05-31',
  'ubuntu 24.10': '2025-07-10',
  'ubuntu 25.04': '2026-01-15',
  'ubuntu 25.10': '2026-07-09',
  'ubuntu 26.04': '2031-05-31',
  'rhel 6': '2020-11-30',
  'rhel 7': '2024-06-30',
  'rhel 8': '2029-05-31',
  'rhel 9': '2032-05-31',
  'rhel 10': '2035-05-31',
  'centos 6': '2020-11-30',
  'centos 7': '2024-06-30',
  'centos 8': '2021-12-31',
  'centos 9': '2027-05-31',
  'almalinux 8': '2029-03-01',
  'almalinux 9': '2032-05-31',
  'almalinux 10': '2035-05-31',
  'rocky 8': '2029-05-31',
  'rocky 9': '2032-05-31',
  'rocky 10': '2035-05-31',
  'ol 7': '2024-12-31',
  'ol 8': '2029-07-31',
  'ol 9': '2032-06-30',
  'amzn 2018.03': '2023-12-31',
  'amzn 2': '2026-06-30',
  'amzn 2023': '2029-06-30',
  'alpine 3.17': '2024-11-22',
  'alpine 3.18': '2025-05-09',
  'alpine 3.19': '2025-11-01',
  'alpine 3.20': '2026-04-01',
  'alpine 3.21': '2026-11-01',
  'alpine 3.22': '2027-05-01',
}

const byMajor = new Set(['debian', 'rhel', 'centos', 'almalinux', 'rocky', 'ol'])

/** The last day of support, or null for a release that is not in the table. */
export function supportEndOf(id: string, version: string): string | null {
  const parts = version.split('.')
  const release = byMajor.has(id)
    ? parts[0]
    : id === 'alpine'
      ? parts.slice(0, 2).join('.')
      : version
  return supportEnds[`${id} ${release ?? ''}`] ?? null
}
