// Which upgrades a run proposes, for a question that names no finding: each once, with what it leaves behind, its command and its patch.
import { patchNameOf } from '#domain/patch-file.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { dependencyWords } from '../../publish/dependency-words.ts';
import type { AskMessages } from './ask-messages.ts';

/** Words that ask for another version of something. */
const UPGRADE =
  /\bupgrad|\bupdat(?:e|es|ed|ing)\b|\bbump|\bnewer version|\bnew version|升级|更新|升到|新版本/i;
const MOST_LISTED = 10;
const MOST_NAMES = 4;

export interface AskedUpgrades {
  readonly question: string;
  readonly findings: readonly FindingRecord[];
  /** Where the patches of the run lie, as the reader names it. */
  readonly patches: string;
  readonly messages: AskMessages;
}

export function asksForUpgrades(question: string): boolean {
  return UPGRADE.test(question);
}

/** Of what is open; only those of a package that the question names, where it names one. The most urgent first. */
export function answerAboutUpgrades(asked: AskedUpgrades): readonly string[] {
  const { messages, patches } = asked;
  const open = openOnes(asked);
  const groups = [...Map.groupBy(open, upgradeKey).values()].sort((a, b) => urgencyOf(b) - urgencyOf(a));
  if (groups.length === 0) return [messages.noUpgrades];
  const shown = groups.slice(0, MOST_LISTED);
  const more = groups.length - shown.length;
  return [
    messages.upgrades,
    ...shown.flatMap((group) => upgradeLines(group, patches, messages)),
    ...(more > 0 ? [messages.andMore(more)] : []),
  ];
}

function openOnes({ findings, question }: AskedUpgrades): readonly FindingRecord[] {
  const open = findings.filter(
    ({ kind, verdict, gate, dependency }) =>
      kind === 'sca' &&
      dependency?.upgrade != null &&
      verdict !== null &&
      verdict.label !== 'false_positive' &&
      (gate.effect === 'blocks' || gate.effect === 'allowed'),
  );
  const words = question.toLowerCase();
  const named = open.filter(({ dependency }) => isNamed(dependency?.package.name.toLowerCase() ?? '', words));
  return named.length > 0 ? named : open;
}

/** Not as a part of another word; Chinese stands right beside a name. */
function isNamed(name: string, question: string): boolean {
  for (let at = question.indexOf(name); at !== -1 && name !== ''; at = question.indexOf(name, at + 1)) {
    const around = `${question[at - 1] ?? ''} ${question[at + name.length] ?? ''}`;
    if (!/[a-z0-9_@/-]/.test(around)) return true;
  }
  return false;
}

function upgradeKey({ dependency }: FindingRecord): string {
  const { project, package: named, upgrade } = dependency ?? {};
  return JSON.stringify([
    project,
    named?.ecosystem,
    named?.name,
    upgrade?.kind,
    upgrade?.package,
    upgrade?.to,
  ]);
}

function urgencyOf(group: readonly FindingRecord[]): number {
  return Math.max(...group.map(({ dependency }) => dependency?.priority?.score ?? 0));
}

function upgradeLines(
  group: readonly FindingRecord[],
  patches: string,
  messages: AskMessages,
): readonly string[] {
  const [first] = group;
  const action = first === undefined ? null : (dependencyWords(first, messages.language)?.action ?? null);
  if (first === undefined || action === null) return [];
  const ids = [...new Set(group.map(({ ruleId }) => ruleId))];
  const names = ids.length > MOST_NAMES ? `${ids.slice(0, MOST_NAMES).join(', ')}, …` : ids.join(', ');
  const { project = null } = first.dependency ?? {};
  const about = messages.upgradeOf({
    ...{ package: first.dependency?.package.name ?? '', names, count: ids.length },
    folder: project === '' ? null : project,
    priority: urgencyOf(group),
  });
  const patched = group.find(({ patch }) => patch !== null);
  return [
    `- ${[action.headline, about, ...action.notes].join(' · ')}`,
    ...(patched === undefined ? [] : [`  git apply ${patches}/${patchNameOf(patched)}`]),
    ...(action.command === null ? [] : [`  ${action.command}`]),
    ...(action.text === null ? [] : [`  ${action.text}`]),
  ];
}
