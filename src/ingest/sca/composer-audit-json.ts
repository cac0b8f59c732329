// Reads `composer audit --format=json` (https://getcomposer.org/doc/03-cli.md#audit): advisories by package, and abandoned packages.
import { phrase } from '#domain/phrase.ts';
import { missingList } from '../formats/missing-list.ts';
import type { FormatOutput, FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asArray, asObject, asObjects, entriesOf, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { severityOf } from '../sbom/vulnerability-draft.ts';
import { aliasesAmong, dependencyResult, wordOf } from './dependency-result.ts';
import { LEFT_OUT, NAMES_NOTHING, noObject } from './unused-entries.ts';

const NAME = 'composer audit';

export const COMPOSER_AUDIT_JSON: ReportFormat = {
  kinds: ['composer-audit-json'],
  syntax: 'json',
  elements: [],
  open(output): FormatReader {
    const members = new Map<string, unknown>();
    return {
      part: (path, value) => void members.set(path, value),
      finish() {
        output.tool({ name: NAME, version: null });
        const advisories = members.get('advisories');
        if (typeof advisories !== 'object' || advisories === null) throw missingList(NAME);
        for (const [name, entry] of entriesByPackage(advisories)) takeAdvisory(name, entry, output);
        for (const [name, entry] of entriesByPackage(members.get('ignored-advisories')))
          output.notAFinding({ ...unused(name, asObject(entry)), why: LEFT_OUT });
        for (const name of abandonedIn(members.get('abandoned')))
          output.notAFinding({
            ...{ ruleId: null, uri: null, line: null },
            why: phrase`the package ${JSON.stringify(name)} is abandoned: that is no vulnerability`,
          });
      },
    };
  },
};

/**
 * PHP writes an empty map as a list, and a list with gaps as a map; some versions write all advisories in one list.
 * The name is null where only the advisory itself says it.
 */
function entriesByPackage(value: unknown): readonly (readonly [name: string | null, entry: unknown])[] {
  if (Array.isArray(value))
    return value
      .flatMap((entry) => asArray(entry, COUNTS.taxa).concat(Array.isArray(entry) ? [] : [entry]))
      .map((entry) => [null, entry] as const);
  return entriesOf(value).flatMap(([name, entries]) => {
    const listed = Array.isArray(entries) ? entries : entriesOf(entries).map(([, entry]) => entry);
    return listed.map((entry) => [name, entry] as const);
  });
}

/** Package → what to use instead, or null. */
function abandonedIn(value: unknown): readonly string[] {
  return entriesOf(value).map(([name]) => name);
}

function unused(name: string | null, entry: JsonObject | null) {
  return { ruleId: wordOf(entry?.cve) ?? wordOf(entry?.advisoryId) ?? name, uri: null, line: null };
}

function takeAdvisory(key: string | null, value: unknown, output: FormatOutput): void {
  const entry = asObject(value);
  const name = wordOf(entry?.packageName) ?? key;
  const names = entry === null ? [] : namesOf(entry);
  const [id] = names;
  if (entry === null || name === null || id === undefined) {
    output.rejected({ ...unused(key, entry), why: entry === null ? noObject(value) : NAMES_NOTHING });
    return;
  }
  output.result(
    dependencyResult({
      package: { ecosystem: 'Packagist', name: name.toLowerCase(), version: null, purl: null },
      vulnerability: {
        id,
        aliases: aliasesOf(id, names),
        title: wordOf(entry.title, CAPS.message),
        severity: severityOf(wordOf(entry.severity)),
        affected: wordOf(entry.affectedVersions, CAPS.message),
        published: wordOf(entry.reportedAt),
        url: wordOf(entry.link, CAPS.uri),
      },
    }),
  );
}

const GHSA = /GHSA(?:-[0-9a-z]{4}){3}/;

/** CVE before GitHub's name before Packagist's own. */
function namesOf(entry: JsonObject): readonly string[] {
  const sources = asObjects(entry.sources, COUNTS.tags).map(({ remoteId }) => wordOf(remoteId) ?? '');
  const ghsa = [...sources, wordOf(entry.link, CAPS.uri) ?? ''].flatMap((text) => GHSA.exec(text)?.[0] ?? []);
  const own = [wordOf(entry.cve), ...ghsa, wordOf(entry.advisoryId)].filter((name) => name !== null);
  return [...new Set(own)];
}

function aliasesOf(id: string, names: readonly string[]): readonly string[] {
  const own = names.filter((name) => name.startsWith('PKSA-') && name !== id);
  return [...new Set([...aliasesAmong(id, names), ...own])].sort();
}
