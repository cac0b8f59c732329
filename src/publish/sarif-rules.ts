// The rules of assay.sarif: one for each rule id of the tools, with what GitHub code scanning reads from a rule.
import type { ReportingDescriptor } from 'sarif';
import type { VulnerabilityRecord } from '#domain/dependency.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { compareSeverity, type Severity, worse } from '#domain/severity.ts';
import { SARIF_LIMITS } from './sarif-limits.ts';
import { sarifText } from './sarif-text.ts';

/** A score inside the band that contracts.md and GitHub give each severity; 0.0 stands for none. */
const SCORE: Record<Severity, number> = { critical: 9.5, high: 8, medium: 5.5, low: 2, none: 0 };
const FLOOR: Record<Severity, number> = { critical: 9, high: 7, medium: 4, low: 0.1, none: 0 };
const PRECISIONS: ReadonlySet<string> = new Set(['very-high', 'high', 'medium', 'low']);

/** All that is known of one rule id. */
interface RuleFacts {
  readonly id: string;
  readonly tools: Set<string>;
  readonly cwe: Set<number>;
  readonly precisions: Set<string>;
  name: string | null;
  /** Of a vulnerability: what it is, and where it is described. */
  title: string | null;
  uri: string | null;
  severity: Severity;
  score: number | null;
}

/**
 * Rules in the order of their ids. The id is the original tool's, always: it is what keeps an alert the same over time, so it must not
 * depend on which other tools ran. Tools that share an id share the rule, which then names them all.
 */
export function buildRules(findings: readonly FindingRecord[]): readonly ReportingDescriptor[] {
  const rules = new Map<string, RuleFacts>();
  for (const finding of findings) {
    const facts = rules.get(finding.ruleId) ?? newFacts(finding.ruleId);
    rules.set(finding.ruleId, facts);
    addFinding(facts, finding);
  }
  return [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(describeRule);
}

function newFacts(id: string): RuleFacts {
  return {
    id,
    tools: new Set(),
    cwe: new Set(),
    precisions: new Set(),
    name: null,
    title: null,
    uri: null,
    severity: 'none',
    score: null,
  };
}

function addFinding(facts: RuleFacts, finding: FindingRecord): void {
  facts.severity = worse(facts.severity, finding.severity);
  for (const cwe of finding.cwe) facts.cwe.add(cwe);
  const vulnerability = finding.dependency?.vulnerability ?? null;
  if (vulnerability !== null) addVulnerability(facts, vulnerability);
  for (const tool of finding.tools) {
    // A vulnerability has many names, and each tool calls it by another.
    if (vulnerability === null && tool.ruleId !== finding.ruleId) continue;
    facts.tools.add(tool.name);
    if (vulnerability === null) facts.name ??= tool.ruleName;
    if (tool.precision !== null && PRECISIONS.has(tool.precision)) facts.precisions.add(tool.precision);
    const raw = Number(tool.rawSeverity);
    if (raw > 0 && raw <= 10) facts.score = Math.max(facts.score ?? 0, raw);
  }
}

function addVulnerability(facts: RuleFacts, { title, url, rating }: VulnerabilityRecord): void {
  facts.title ??= title;
  facts.uri ??= url;
  if (rating?.score != null && rating.score > 0) facts.score = Math.max(facts.score ?? 0, rating.score);
}

function describeRule(facts: RuleFacts): ReportingDescriptor {
  const cwe = [...facts.cwe].sort((a, b) => a - b);
  const tools = sarifText([...facts.tools].sort().join(', '));
  const [weakness] = cwe;
  const [precision] = facts.precisions.size === 1 ? facts.precisions : [];
  return {
    id: sarifText(facts.id),
    ...(facts.name === null ? {} : { name: sarifText(facts.name) }),
    shortDescription: {
      text: `${sarifText(facts.title === null ? (facts.name ?? facts.id) : `${facts.id}: ${facts.title}`)} (${tools})`,
    },
    fullDescription: { text: `Rule ${sarifText(facts.id)} of ${tools}, judged by Assay.` },
    help: { text: helpText(tools, cwe) },
    ...helpAt(facts.uri ?? (weakness === undefined ? null : weaknessUri(weakness))),
    properties: {
      tags: ['security', ...cwe.map(cweTag)].slice(0, SARIF_LIMITS.tagsPerRule),
      'security-severity': scoreOf(facts).toFixed(1),
      ...(precision === undefined ? {} : { precision }),
    },
  };
}

/** Only a web address: GitHub shows it as a link. */
function helpAt(uri: string | null): { readonly helpUri?: string } {
  return uri !== null && /^https?:\/\/[^\s"<>]+$/.test(uri) && URL.canParse(uri)
    ? { helpUri: sarifText(uri) }
    : {};
}

function helpText(tools: string, cwe: readonly number[]): string {
  const weaknesses = cwe.map((number) => `CWE-${number}: ${weaknessUri(number)}`);
  return [
    `${tools} reports this; Assay read the code at the place and says in each alert what it found, with the lines that show it.`,
    'Dismissed and waived results are in the file too, as suppressions with their reasons.',
    ...weaknesses,
  ].join('\n');
}

/** The tool's own score where it agrees with the severity that the run ended with. */
function scoreOf(facts: RuleFacts): number {
  const fits = facts.score !== null && compareSeverity(bandOf(facts.score), facts.severity) === 0;
  return fits ? (facts.score ?? 0) : SCORE[facts.severity];
}

function bandOf(score: number): Severity {
  const bands = ['critical', 'high', 'medium', 'low'] as const;
  return bands.find((severity) => score >= FLOOR[severity]) ?? 'low';
}

/** CodeQL's spelling, which GitHub turns into the alert's weakness. */
function cweTag(cwe: number): string {
  return `external/cwe/cwe-${String(cwe).padStart(3, '0')}`;
}

function weaknessUri(cwe: number): string {
  return `https://cwe.mitre.org/data/definitions/${cwe}.html`;
}
