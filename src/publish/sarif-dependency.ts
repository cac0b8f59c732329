// What assay.sarif says of a finding's package, as properties of its result: SARIF has no words for packages of its own.
import type { DependencyRecord } from '#domain/dependency.ts';
import { sarifText } from './sarif-text.ts';

const MOST_NAMES = 20;

export function dependencyProperties(dependency: DependencyRecord): Record<string, unknown> {
  const {
    package: named,
    versions,
    vulnerability,
    licence,
    reachability,
    priority,
    upgrade,
    direct,
    scope,
  } = dependency;
  const path = dependency.paths[0] ?? [];
  return {
    ...{
      package: sarifText(named.name),
      ecosystem: textOrNull(named.ecosystem),
      purl: textOrNull(named.purl),
    },
    ...{ versions: textsOf(versions), direct, dependencyScope: scope, path: textsOf(path) },
    ...(vulnerability === null
      ? {}
      : {
          vulnerability: sarifText(vulnerability.id),
          aliases: textsOf(vulnerability.aliases),
          cvss: textOrNull(vulnerability.rating?.vector ?? null),
          cvssScore: vulnerability.rating?.score ?? null,
          ...{ epss: vulnerability.epss, kev: vulnerability.kev, fixedIn: textsOf(vulnerability.fixedIn) },
        }),
    ...(licence === undefined ? {} : { licence: sarifText(licence.expression) }),
    reachability: reachability?.level ?? null,
    priority: priority?.score ?? null,
    upgradeTo: textOrNull(upgrade?.to ?? null),
    upgradeCommand: textOrNull(upgrade?.command ?? null),
  };
}

function textOrNull(text: string | null): string | null {
  return text === null ? null : sarifText(text);
}

function textsOf(texts: readonly string[]): readonly string[] {
  return texts.slice(0, MOST_NAMES).map(sarifText);
}
