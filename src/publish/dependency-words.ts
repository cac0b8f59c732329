// What a person is told of a finding about a dependency, in lines: which package, what to do, and what is known of it.
import type { DependencyRecord, Upgrade, VexRuling, VulnerabilityRecord } from '#domain/dependency.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { DependencyMessages } from './messages/dependency-en.ts';
import { dependencyMessagesOf } from './messages/dependency-messages-of.ts';

/** Sentences and pieces of sentences; outside text stands between backticks, for the exits to make inert. */
export interface DependencyWords {
  /** `` `lodash 4.17.20`: `CVE-2021-23337` ``. */
  readonly title: string;
  /** What to do; null where nothing is to be done, or nobody planned it. */
  readonly action: DependencyAction | null;
  readonly facts: readonly DependencyFact[];
  /** Who said when and where that nothing is to be done, where that counts; null otherwise. */
  readonly clearedBy: string | null;
}

export interface DependencyAction {
  readonly label: string;
  /** In a few words: `` Upgrade `lodash` to `4.17.21` ``. */
  readonly headline: string;
  /** What is to be known before: whether callers break, what stays. */
  readonly notes: readonly string[];
  /** Writes the lock file again; outside text, since it holds names of packages. */
  readonly command: string | null;
  /** The plan in full, where the headline does not say it all. */
  readonly text: string | null;
}

export interface DependencyFact {
  readonly name: 'vulnerability' | 'origin' | 'reach' | 'priority' | 'licence' | 'decision';
  readonly label: string;
  readonly text: string;
  /** In a few words. */
  readonly brief: string;
}

const LONGEST = { name: 120, path: 240, title: 160 } as const;
const MOST_NAMES = 4;

/** Null for a finding about code. */
export function dependencyWords(finding: FindingRecord, language: 'en' | 'zh-CN'): DependencyWords | null {
  const { dependency } = finding;
  if (dependency === undefined) return null;
  const messages = dependencyMessagesOf(language);
  const about = dependency.vulnerability?.id ?? dependency.licence?.expression ?? finding.ruleId;
  const isDone = finding.verdict?.label === 'false_positive';
  return {
    title: messages.titled(packageName(dependency), markOutside(about, LONGEST.name)),
    action:
      isDone || dependency.upgrade === null
        ? null
        : actionOf(
            dependency,
            { upgrade: dependency.upgrade, patched: finding.patch?.path ?? null },
            messages,
          ),
    facts: factsOf(dependency, messages),
    clearedBy: dependency.decision?.honoured === true ? decisionWords(dependency.decision, messages) : null,
  };
}

function decisionWords(
  { statement, source, honoured, why }: VexRuling,
  messages: DependencyMessages,
): string {
  const { status, author, timestamp } = statement;
  const [day = null] = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(timestamp ?? '') ?? [];
  const isClearing = status === 'not_affected' || status === 'fixed';
  return messages.decision({
    status,
    author: author === null ? null : markOutside(author, LONGEST.name),
    source: markOutside(source, LONGEST.name),
    ...{ day, counts: honoured, why: isClearing ? why : null },
  });
}

function packageName({ package: named, versions }: DependencyRecord): string {
  const shown = versions.length > 0 ? versions : [named.version ?? ''];
  return markOutside(`${named.name} ${listed(shown)}`, LONGEST.name);
}

function actionOf(
  { package: named, vulnerability, places }: DependencyRecord,
  { upgrade, patched }: { readonly upgrade: Upgrade; readonly patched: string | null },
  messages: DependencyMessages,
): DependencyAction {
  const { kind, to, breaking, leaves, remains, text, command } = upgrade;
  const others = leaves.filter((id) => id !== vulnerability?.id).length;
  const hasTarget = kind !== 'none' && to !== null;
  const says = kind === 'override' ? messages.hold : messages.raise;
  // A patch is of one file: who applies it has to know of the others. Where it is of none that asks, the version stands apart from these.
  const asking = [...new Set(places.flatMap(({ kind: of, path }) => (of === 'manifest' ? [path] : [])))];
  const alsoAsking =
    patched !== null && asking.includes(patched) ? asking.filter((path) => path !== patched) : [];
  const notes = [
    hasTarget ? messages.breaking(breaking) : '',
    others === 0 ? '' : messages.alsoLeaves(others),
    kind !== 'direct' || alsoAsking.length === 0
      ? ''
      : messages.alsoAsked(markOutside(listed(alsoAsking), LONGEST.path)),
    remains.length === 0 ? '' : messages.remains(markOutside(listed(remains), LONGEST.name)),
  ];
  return {
    label: messages.label.action,
    headline: hasTarget
      ? says(markOutside(upgrade.package ?? named.name, LONGEST.name), markOutside(to, LONGEST.name))
      : kind === 'parent'
        ? messages.raiseParent(
            upgrade.package === null ? null : markOutside(upgrade.package, LONGEST.name),
            markOutside(named.name, LONGEST.name),
          )
        : messages.noFix,
    notes: notes.filter((note) => note !== ''),
    command,
    text: kind === 'direct' && hasTarget && remains.length === 0 ? null : text,
  };
}

function factsOf(dependency: DependencyRecord, messages: DependencyMessages): readonly DependencyFact[] {
  const { vulnerability, licence, reachability, priority, decision } = dependency;
  const fact = (name: DependencyFact['name'], text: string | null, brief = text): DependencyFact[] =>
    text === null || text === '' ? [] : [{ name, label: messages.label[name], text, brief: brief ?? text }];
  const reachFact = ({ level, text }: NonNullable<DependencyRecord['reachability']>) => {
    const whole = text === '' ? messages.reach[level] : messages.andThen(messages.reach[level], text);
    return fact('reach', whole, messages.reach[level]);
  };
  return [
    ...fact('vulnerability', vulnerability === null ? null : vulnerabilityWords(vulnerability, messages)),
    ...fact('licence', licence?.why ?? null),
    ...(reachability === null ? [] : reachFact(reachability)),
    ...fact('origin', originWords(dependency, messages)),
    ...fact('priority', priority?.text ?? null),
    ...fact('decision', decision === null ? null : decisionWords(decision, messages)),
  ];
}

function vulnerabilityWords(vulnerability: VulnerabilityRecord, messages: DependencyMessages): string {
  const { title, aliases, rating, epss, kev, fixedIn } = vulnerability;
  const parts = [
    title === null ? '' : markOutside(title, LONGEST.title),
    aliases.length === 0 ? '' : messages.alsoCalled(markOutside(listed(aliases), LONGEST.name)),
    rating?.score == null ? '' : messages.rating(rating.score.toFixed(1)),
    epss === null ? '' : messages.epss(percentOf(epss)),
    kev === true ? messages.exploited : '',
    fixedIn.length === 0 ? '' : messages.fixedIn(markOutside(listed(fixedIn), LONGEST.name)),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Most probabilities are small: two decimals at most, and never a zero that is none. */
function percentOf(share: number): string {
  const percent = share * 100;
  return percent > 0 && percent < 0.01 ? '0.01' : String(Number(percent.toFixed(2)));
}

function originWords({ direct, paths, scope }: DependencyRecord, messages: DependencyMessages): string {
  const longer = paths.filter((path) => path.length > 1);
  const [shortest] = longer;
  const how =
    direct === true
      ? messages.direct
      : shortest === undefined
        ? messages.originUnknown
        : messages.through(markOutside(shortest.join(' → '), LONGEST.path));
  const more = direct === true ? longer.length : longer.length - 1;
  const parts = [
    how,
    more > 0 ? messages.moreWays(more) : '',
    scope === null || scope === 'runtime' ? '' : messages.scope[scope],
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function listed(names: readonly string[]): string {
  return names.length > MOST_NAMES ? `${names.slice(0, MOST_NAMES).join(', ')}, …` : names.join(', ');
}
