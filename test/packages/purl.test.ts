import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packageOfPurl } from '#packages/package-of-purl.ts';
import { purlOf } from '#packages/purl-of.ts';
import { readPurl } from '#packages/read-purl.ts';

describe('a package URL names a package as OSV does', () => {
  test.each([
    ['pkg:npm/%40babel/core@7.1.0', 'npm', '@babel/core', '7.1.0'],
    ['pkg:npm/@babel/core@7.1.0', 'npm', '@babel/core', '7.1.0'],
    ['pkg:npm/JSONStream@1.3.5', 'npm', 'JSONStream', '1.3.5'],
    ['pkg:pypi/Zope.Interface_x@5', 'PyPI', 'zope-interface-x', '5'],
    [
      'pkg:maven/org.apache.logging.log4j/log4j-core@2.13.2?type=jar',
      'Maven',
      'org.apache.logging.log4j:log4j-core',
      '2.13.2',
    ],
    ['pkg:golang/github.com/BurntSushi/toml@v1.0.0#cmd', 'Go', 'github.com/BurntSushi/toml', 'v1.0.0'],
    ['pkg:golang/stdlib@1.20.1', 'Go', 'stdlib', '1.20.1'],
    ['pkg:cargo/time@0.1.0', 'crates.io', 'time', '0.1.0'],
    ['pkg:gem/rails@7.0.0', 'RubyGems', 'rails', '7.0.0'],
    ['pkg:nuget/Newtonsoft.Json@12.0.1', 'NuGet', 'Newtonsoft.Json', '12.0.1'],
    ['pkg:composer/Laravel/Framework@5.5', 'Packagist', 'laravel/framework', '5.5'],
    ['pkg:hex/phoenix@1', 'Hex', 'phoenix', '1'],
    ['pkg:pub/http@1', 'Pub', 'http', '1'],
    ['pkg:swift/github.com/vapor/vapor@4.0.0', 'SwiftURL', 'github.com/vapor/vapor', '4.0.0'],
    ['pkg:githubactions/actions/checkout@v4', 'GitHub Actions', 'actions/checkout', 'v4'],
    [
      'pkg:deb/debian/libssl1.1@1.1.1n-0?upstream=openssl&distro=debian-11',
      'Debian:11',
      'openssl',
      '1.1.1n-0',
    ],
    [
      'pkg:deb/debian/libselinux1@2.6-3+b3?upstream=libselinux%402.6-3&distro=debian-9',
      'Debian:9',
      'libselinux',
      '2.6-3',
    ],
    ['pkg:deb/debian/tar@1.30%2Bdfsg-6?distro=debian-10.12', 'Debian:10', 'tar', '1.30+dfsg-6'],
    ['pkg:deb/debian/curl@7.50?distro=bookworm', 'Debian:12', 'curl', '7.50'],
    ['pkg:deb/debian/curl@7.50', 'Debian', 'curl', '7.50'],
    ['pkg:deb/ubuntu/sed@4.8?distro=ubuntu-22.04&epoch=2', 'Ubuntu:22.04:LTS', 'sed', '2:4.8'],
    ['pkg:deb/ubuntu/sed@4.8?distro=mantic-23.10', 'Ubuntu:23.10', 'sed', '4.8'],
    [
      'pkg:apk/alpine/libcrypto3@3.0.8-r0?upstream=openssl&distro=alpine-3.17.2',
      'Alpine:v3.17',
      'openssl',
      '3.0.8-r0',
    ],
    ['pkg:apk/alpine/musl@1.2.5-r0?distro=3.20.3', 'Alpine:v3.20', 'musl', '1.2.5-r0'],
    ['pkg:alpine/musl@1.2.2-r7?distro=alpine-3.15.0', 'Alpine:v3.15', 'musl', '1.2.2-r7'],
    ['pkg:apk/wolfi/bash@5', 'Wolfi', 'bash', '5'],
    ['pkg:rpm/rocky/bash@5-1?distro=rocky-9.3', 'Rocky Linux:9', 'bash', '5-1'],
    [
      'pkg:rpm/rhel/bind@9.11-5?epoch=32&distro=rhel-8.7&upstream=bind.src.rpm',
      'Red Hat',
      'bind',
      '32:9.11-5',
    ],
    ['pkg:rpm/opensuse/bash@5?distro=opensuse-leap-15.4', 'openSUSE:Leap 15.4', 'bash', '5'],
    ['pkg:rpm/fedora/bash@5?distro=fedora-40', null, 'bash', '5'],
    ['pkg:github/actions/checkout@v4', null, 'actions/checkout', 'v4'],
    ['pkg:generic/openssl@1.1', null, 'openssl', '1.1'],
    ['pkg:oci/ubuntu@sha256%3Aab', null, 'ubuntu', 'sha256:ab'],
  ])('%s', (text, ecosystem, name, version) => {
    expect(packageOfPurl(text)).toEqual({ ecosystem, name, version, purl: readPurl(text)?.text });
  });
});

describe('a package gets a package URL', () => {
  test.each([
    ['npm', '@babel/core', '7.1.0', 'pkg:npm/%40babel/core@7.1.0'],
    ['Maven', 'a.b:c', '1', 'pkg:maven/a.b/c@1'],
    ['Go', 'github.com/a/b', 'v1.0.0', 'pkg:golang/github.com/a/b@v1.0.0'],
    ['Packagist', 'a/b', null, 'pkg:composer/a/b'],
    ['Debian:11', 'openssl', '1.1', 'pkg:deb/debian/openssl@1.1?distro=debian-11'],
    ['Alpine:v3.18', 'musl', '1', 'pkg:apk/alpine/musl@1?distro=alpine-3.18'],
    [null, 'x', '1', null],
    ['OSS-Fuzz', 'x', '1', null],
    ['npm', '../x', '1', null],
    ['npm', '', '1', null],
  ])('%s %s %s', (ecosystem, name, version, expected) => {
    expect(purlOf({ ecosystem, name, version, purl: null })).toBe(expected);
  });

  test('its own one counts first, in canonical form, unless it is none', () => {
    expect(purlOf({ ecosystem: 'PyPI', name: 'b', version: '1', purl: 'pkg:PYPI/A_b@1' })).toBe(
      'pkg:pypi/a-b@1',
    );
    expect(purlOf({ ecosystem: 'PyPI', name: 'b', version: '1', purl: 'pkg:npm/../b@1' })).toBe(
      'pkg:pypi/b@1',
    );
  });
});

describe('what is no package URL, or a hostile one, is none', () => {
  test.each([
    '',
    '/',
    'npm/foo',
    'pkg:pypi/',
    'pkg:///',
    'pkg:apk/alpine/@1.36.1-r27?arch=x86_64',
    'pkg:npm/../../etc/passwd@1',
    'pkg:npm/%2e%2e/x@1',
    'pkg:npm/a%2fb@1',
    'pkg:npm/a%00b@1',
    'pkg:npm/a@1%0a2',
    'pkg:npm/a@1?__proto__=x',
    'pkg:npm/__proto__@1',
    'pkg:npm/a%5cb@1',
    'pkg:npm/a%e2%80%aeb@1',
    'pkg:npm/a@%zz',
    'pkg:golang/a/./b@1',
    `pkg:npm/${'a'.repeat(3_000)}`,
  ])('%s', (text) => {
    expect([readPurl(text), packageOfPurl(text)]).toEqual([null, null]);
  });

  test('and whatever is written, the canonical form leads nowhere and reads as itself', () => {
    const piece = fc.constantFrom(
      'npm/',
      'golang/',
      'maven/',
      'a',
      'B',
      '/',
      '..',
      '%2e%2e',
      '%2f',
      '%00',
      '%0d',
      '@',
      '1',
      '?',
      '&',
      '=',
      '#',
      '__proto__',
      'constructor',
      '%',
      ':',
      'é',
      '\u202e',
      '\n',
      ' ',
      '+',
      '~',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (rest) => {
        const purl = readPurl(`pkg:${rest}`);
        if (purl === null) return;
        expect(purl.text).not.toMatch(/\.\.|[\p{Cc}\u202e]|%00|%0[aAdD]/u);
        expect([...purl.qualifiers.keys()]).not.toContain('__proto__');
        expect(readPurl(purl.text)?.text).toBe(purl.text);
      }),
      { numRuns: 400 },
    );
  });
});
