// What licences are called beside their SPDX ids: deprecated ids, and names that registries and build files are full of.

/**
 * Deprecated id → the expression that SPDX says instead (https://spdx.org/licenses/, "Deprecated License Identifiers").
 */
export const DEPRECATED_IDS: ReadonlyMap<string, string> = new Map([
  ...['AGPL-1.0', 'AGPL-3.0', 'GPL-1.0', 'GPL-2.0', 'GPL-3.0', 'LGPL-2.0', 'LGPL-2.1', 'LGPL-3.0'].map(
    (id): [string, string] => [id, `${id}-only`],
  ),
  ...['GFDL-1.1', 'GFDL-1.2', 'GFDL-1.3'].map((id): [string, string] => [id, `${id}-only`]),
  ['GPL-2.0-with-autoconf-exception', 'GPL-2.0-only WITH Autoconf-exception-2.0'],
  ['GPL-2.0-with-bison-exception', 'GPL-2.0-only WITH Bison-exception-2.2'],
  ['GPL-2.0-with-classpath-exception', 'GPL-2.0-only WITH Classpath-exception-2.0'],
  ['GPL-2.0-with-font-exception', 'GPL-2.0-only WITH Font-exception-2.0'],
  ['GPL-2.0-with-GCC-exception', 'GPL-2.0-only WITH GCC-exception-2.0'],
  ['GPL-3.0-with-autoconf-exception', 'GPL-3.0-only WITH Autoconf-exception-3.0'],
  ['GPL-3.0-with-GCC-exception', 'GPL-3.0-only WITH GCC-exception-3.1'],
  ['BSD-2-Clause-NetBSD', 'BSD-2-Clause'],
  ['eCos-2.0', 'GPL-2.0-or-later WITH eCos-exception-2.0'],
  ['StandardML-NJ', 'SMLNJ'],
]);

/** Ids whose upper and lower case people get wrong. */
const COMMON_IDS = [
  ...[
    '0BSD',
    'AFL-2.1',
    'AFL-3.0',
    'AGPL-3.0',
    'AGPL-3.0-only',
    'AGPL-3.0-or-later',
    'Apache-1.1',
    'Apache-2.0',
  ],
  ...[
    'Artistic-1.0',
    'Artistic-2.0',
    'BlueOak-1.0.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BSD-4-Clause',
    'BSL-1.0',
  ],
  ...['BUSL-1.1', 'CC0-1.0', 'CC-BY-3.0', 'CC-BY-4.0', 'CC-BY-SA-4.0', 'CDDL-1.0', 'CDDL-1.1', 'CPL-1.0'],
  ...['EPL-1.0', 'EPL-2.0', 'EUPL-1.1', 'EUPL-1.2', 'GPL-2.0', 'GPL-2.0-only', 'GPL-2.0-or-later', 'GPL-3.0'],
  ...['GPL-3.0-only', 'GPL-3.0-or-later', 'HPND', 'ISC', 'LGPL-2.0', 'LGPL-2.1', 'LGPL-2.1-only'],
  ...[
    'LGPL-2.1-or-later',
    'LGPL-3.0',
    'LGPL-3.0-only',
    'LGPL-3.0-or-later',
    'MIT',
    'MIT-0',
    'MPL-1.1',
    'MPL-2.0',
  ],
  ...['MS-PL', 'NCSA', 'OFL-1.1', 'OpenSSL', 'PostgreSQL', 'PSF-2.0', 'Python-2.0', 'SSPL-1.0', 'Unlicense'],
  ...['UPL-1.0', 'W3C', 'WTFPL', 'X11', 'Zlib', 'ZPL-2.1'],
  ...['Classpath-exception-2.0', 'GCC-exception-3.1', 'LLVM-exception', 'Bison-exception-2.2'],
] as const;

const BY_LOWER_CASE: ReadonlyMap<string, string> = new Map(COMMON_IDS.map((id) => [id.toLowerCase(), id]));

/** An id in the spelling of SPDX, where it is a common one; anything else as it is. */
export function spelledAsSpdx(word: string): string {
  return BY_LOWER_CASE.get(word.toLowerCase()) ?? word;
}

/**
 * Names that mean one licence and no other, as `nameKey` makes them: SPDX's full names (https://spdx.org/licenses/), PyPI's classifiers
 * (https://pypi.org/classifiers/), and what pom.xml files copy from each other (https://maven.apache.org/pom.html#licenses).
 * `BSD`, `GPL`, `Apache` and `Public Domain` mean several, and stand for none here.
 */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'Apache-1.1': ['apache 1.1', 'apache software 1.1'],
  'Apache-2.0': [
    'apache 2',
    'apache 2.0',
    'apache2',
    'apache2.0',
    'apache software 2',
    'apache software 2.0',
  ],
  'BSD-2-Clause': ['bsd 2 clause', 'bsd 2 clause simplified', 'simplified bsd', 'freebsd', 'two clause bsd'],
  'BSD-3-Clause': [
    'bsd 3 clause',
    'bsd 3 clause new or revised',
    'new bsd',
    'revised bsd',
    'modified bsd',
    'three clause bsd',
    '3 clause bsd',
    'new or revised bsd',
  ],
  'BSL-1.0': ['boost 1.0', 'boost software 1.0', 'boost software 1.0 bsl 1.0'],
  'CC0-1.0': ['cc0', 'cc0 1.0', 'cc0 1.0 universal', 'creative commons zero 1.0 universal'],
  'CDDL-1.0': ['cddl 1.0', 'common development and distribution 1.0'],
  'EPL-1.0': ['eclipse public 1.0', 'epl 1.0', 'eclipse public 1.0 epl 1.0'],
  'EPL-2.0': ['eclipse public 2.0', 'epl 2.0', 'eclipse public 2.0 epl 2.0'],
  'AGPL-3.0-only': ['gnu affero general public 3', 'agplv3', 'gnu affero general public 3.0'],
  'AGPL-3.0-or-later': ['gnu affero general public 3 or later agplv3+', 'agplv3+'],
  'GPL-2.0-only': [
    'gnu general public 2',
    'gnu general public 2.0',
    'gnu general public 2 gplv2',
    'gplv2',
    'gpl 2',
    'gpl 2.0',
  ],
  'GPL-2.0-or-later': ['gnu general public 2 or later', 'gnu general public 2 or later gplv2+', 'gplv2+'],
  'GPL-2.0-only WITH Classpath-exception-2.0': [
    'gpl2 w/ cpe',
    'gplv2 with classpath exception',
    'gplv2+ce',
    'gnu general public 2 with the classpath exception',
    'gpl 2 with classpath exception',
  ],
  'GPL-3.0-only': [
    'gnu general public 3',
    'gnu general public 3.0',
    'gnu general public 3 gplv3',
    'gplv3',
    'gpl 3',
    'gpl 3.0',
  ],
  'GPL-3.0-or-later': ['gnu general public 3 or later', 'gnu general public 3 or later gplv3+', 'gplv3+'],
  ISC: ['isc', 'isc iscl'],
  'LGPL-2.1-only': ['gnu lesser general public 2.1', 'lgpl 2.1', 'lgplv2.1'],
  'LGPL-2.1-or-later': ['gnu lesser general public 2.1 or later', 'lgplv2.1+'],
  'LGPL-3.0-only': [
    'gnu lesser general public 3',
    'gnu lesser general public 3.0',
    'gnu lesser general public 3 lgplv3',
    'lgplv3',
    'lgpl 3',
    'lgpl 3.0',
  ],
  'LGPL-3.0-or-later': ['gnu lesser general public 3 or later lgplv3+', 'lgplv3+'],
  MIT: ['mit', 'expat', 'mit expat', 'expat mit'],
  'MIT-0': ['mit no attribution', 'mit no attribution mit 0'],
  'MPL-1.1': ['mozilla public 1.1', 'mozilla public 1.1 mpl 1.1', 'mpl 1.1'],
  'MPL-2.0': ['mozilla public 2.0', 'mozilla public 2.0 mpl 2.0', 'mpl 2.0', 'mpl 2'],
  'PSF-2.0': ['python software foundation', 'psf', 'psfl'],
  Unlicense: ['the unlicense unlicense', 'unlicense unlicense'],
  Zlib: ['zlib', 'zlib/libpng'],
};

const BY_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([id, names]) => names.map((name): [string, string] => [name, id])),
);

/** The expression that a well-known name stands for; null for any other. */
export function expressionOfName(name: string): string | null {
  return BY_NAME.get(nameKey(name)) ?? null;
}

/** Words that say nothing about which licence it is are left out, and marks between words. */
const FILLERS: ReadonlySet<string> = new Set([
  'the',
  'license',
  'licence',
  'version',
  'v',
  'osi',
  'approved',
]);

function nameKey(name: string): string {
  return name
    .slice(0, 300)
    .toLowerCase()
    .replaceAll('::', ' ')
    .split(/[\s,;:()"'–-]+/u)
    .map((word) => word.replace(/^v(?=\d)/, '').replace(/\.$/, ''))
    .filter((word) => word !== '' && !FILLERS.has(word))
    .join(' ');
}
