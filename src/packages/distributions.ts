// Which OSV ecosystem, with which release, a distribution's package belongs to.
import type { ReadPurl } from './read-purl.ts';

/** https://www.debian.org/releases/ */
const DEBIAN_RELEASES: ReadonlyMap<string, string> = new Map([
  ['wheezy', '7'],
  ['jessie', '8'],
  ['stretch', '9'],
  ['buster', '10'],
  ['bullseye', '11'],
  ['bookworm', '12'],
  ['trixie', '13'],
  ['forky', '14'],
]);

/** https://releases.ubuntu.com/ */
const UBUNTU_RELEASES: ReadonlyMap<string, string> = new Map([
  ['trusty', '14.04'],
  ['xenial', '16.04'],
  ['bionic', '18.04'],
  ['focal', '20.04'],
  ['jammy', '22.04'],
  ['noble', '24.04'],
  ['oracular', '24.10'],
  ['plucky', '25.04'],
  ['questing', '25.10'],
]);

/**
 * `Debian:11`, `Ubuntu:22.04:LTS`, `Alpine:v3.18`, `Rocky Linux:9` … as https://ossf.github.io/osv-schema/#defined-ecosystems
 * writes them; without a release when the package URL gives none, null for distributions that OSV does not know.
 */
export function distributionOf(purl: ReadPurl): string | null {
  const distro = purl.qualifiers.get('distro') ?? purl.qualifiers.get('distro_name') ?? '';
  const family = (purl.namespace ?? /^[a-z]+/.exec(distro)?.[0] ?? '').toLowerCase();
  const release = distro.toLowerCase();
  if (purl.type === 'deb')
    return family === 'ubuntu' ? ubuntu(release) : family === 'debian' ? debian(release) : null;
  // Syft wrote `pkg:alpine/…` before there was a type `apk`.
  if (purl.type === 'alpine') return apk('alpine', release);
  return purl.type === 'apk' ? apk(family, release) : rpm(family, release);
}

function debian(distro: string): string {
  const named = [...DEBIAN_RELEASES].find(([codename]) => distro.includes(codename))?.[1];
  return withRelease('Debian', named ?? /(?:^|-)(\d{1,3})(?:\.|$)/.exec(distro)?.[1]);
}

function ubuntu(distro: string): string {
  const named = [...UBUNTU_RELEASES].find(([codename]) => distro.includes(codename))?.[1];
  const release = named ?? /(?:^|-)(\d{2}\.\d{2})/.exec(distro)?.[1];
  // Long-term releases come in April of even years.
  const isLongTerm = release !== undefined && /^\d?[02468]\.04$/.test(release);
  return withRelease('Ubuntu', isLongTerm ? `${release}:LTS` : release);
}

function apk(family: string, distro: string): string | null {
  if (family === 'wolfi') return 'Wolfi';
  if (family === 'chainguard') return 'Chainguard';
  if (family !== 'alpine') return null;
  const release = /(?:^|-)v?(\d+\.\d+)/.exec(distro)?.[1];
  return withRelease('Alpine', release === undefined ? undefined : `v${release}`);
}

function rpm(family: string, distro: string): string | null {
  const version = /(?:^|-)v?(\d+)(?:\.(\d+))?/.exec(distro);
  const [, major, minor] = version ?? [];
  switch (family) {
    case 'redhat':
    case 'rhel':
      return 'Red Hat';
    case 'rocky':
    case 'rockylinux':
      return withRelease('Rocky Linux', major);
    case 'alma':
    case 'almalinux':
      return withRelease('AlmaLinux', major);
    case 'opensuse':
      if (distro.includes('tumbleweed')) return 'openSUSE:Tumbleweed';
      return withRelease('openSUSE', major === undefined ? undefined : `Leap ${major}.${minor ?? '0'}`);
    case 'suse':
    case 'sles':
      return withRelease('SUSE', major === undefined ? undefined : suseRelease(major, minor));
    case 'mageia':
      return withRelease('Mageia', major);
    case 'photon':
      return withRelease('Photon OS', major === undefined ? undefined : `${major}.${minor ?? '0'}`);
    case 'azurelinux':
    case 'mariner':
      return withRelease('Azure Linux', major);
    default:
      return null;
  }
}

function suseRelease(major: string, minor: string | undefined): string {
  const pack = minor === undefined || minor === '0' ? '' : ` SP${minor}`;
  return `Linux Enterprise Server ${major}${pack}`;
}

function withRelease(name: string, release: string | undefined): string {
  return release === undefined ? name : `${name}:${release}`;
}
