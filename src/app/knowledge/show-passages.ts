// Retrieved passages for a terminal or as JSON: outside text in both, without power over either (security row 38).
import type { KnowledgeSource, Passage } from '#domain/knowledge.ts';
import { createPaint } from '../../publish/terminal-style.ts';
import { toTerminal } from '../../support/escape-terminal.ts';
import { stableJson } from '../../support/stable-json.ts';
import { columnsOf, cutEnd, cutMiddle, wrapColumns } from '../../support/text-columns.ts';
import { knowledgeMessagesOf } from './knowledge-messages.ts';

export interface FoundPassages {
  readonly question: string;
  readonly cwe: readonly number[];
  readonly language: 'en' | 'zh-CN';
  readonly passages: readonly Passage[];
  readonly searched: Readonly<Record<KnowledgeSource, number>>;
  readonly notices: readonly string[];
}

const MOST_LINES = 4;

/** `docs/secure-coding.md#sql`, `cwe-89`, `decision:…`: what a passage is cited as. */
export function citedAs({ path, anchor, id }: Passage): string {
  if (path === null) return id;
  return anchor === null ? path : `${path}#${anchor}`;
}

export function passagesAsTable(
  { passages, searched, notices, language }: FoundPassages,
  options: { readonly width: number; readonly color: boolean },
): string {
  const messages = knowledgeMessagesOf(language);
  const paint = createPaint(options.color);
  const width = Math.min(Math.max(options.width, 60), 120);
  const blocks = passages.map((passage) => {
    const { label, source, title, score, why, text, line } = passage;
    const place = toTerminal(citedAs(passage));
    const about = `${messages.source[source]}${line === null || passage.path === null ? '' : ` :${line}`}`;
    const head = cutMiddle(place, width - label.length - columnsOf(about) - 6);
    const excerpt = text.split('\n').flatMap((row) => wrapColumns(toTerminal(row), width - 4));
    return [
      `${paint('bold', `[${label}] ${head}`)}  ${paint('dim', about)}`,
      `  ${cutEnd(toTerminal(title), width - 2)}`,
      ...wrapColumns(
        `${messages.why}: ${why.map(toTerminal).join('; ')} · ${messages.score} ${score.toFixed(4)}`,
        width - 2,
      ).map((row) => `  ${paint('dim', row)}`),
      ...excerpt.slice(0, MOST_LINES).map((row) => `  │ ${row}`),
      ...(excerpt.length > MOST_LINES ? ['  │ …'] : []),
    ].join('\n');
  });
  const closing = [...notices.map(toTerminal), messages.searched(searched)];
  return `${[...(blocks.length === 0 ? [messages.nothing] : blocks), closing.join('\n')].join('\n\n')}\n`;
}

export function passagesAsJson({ question, cwe, passages, searched, notices }: FoundPassages): string {
  const value = {
    schemaVersion: 1,
    ...{ question, cwe, searched, notices },
    passages: passages.map((passage) => ({ ...passage, citedAs: citedAs(passage) })),
  };
  return stableJson(value);
}
