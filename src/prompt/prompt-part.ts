// What a prompt is made of: parts that are data, each with sections of text; the words of this room.
import type { ModelTask } from '#domain/model.ts';

/** Tasks that have a prompt of their own; the tiny call of `assay doctor` has none. */
export const PROMPT_TASKS = ['verdict', 'explanation', 'patch', 'question'] as const;
export type PromptTask = (typeof PROMPT_TASKS)[number] & ModelTask;

/** The id of the part that every prompt starts with. */
export const FRAME = 'frame';
/** The id of the family that speaks to weaknesses without one of their own. */
export const GENERIC = 'generic';

export interface PromptSection {
  readonly id: string;
  /** `constant`: the same for every request, part of the system text; `finding`: beside the findings, may name what belongs to one request. */
  readonly for: 'constant' | 'finding';
  /** May hold `{{parameter}}`. */
  readonly text: string;
}

export interface PromptPart {
  readonly id: string;
  readonly version: number;
  readonly purpose: string;
  /** Names that the sections use, every one declared. */
  readonly parameters: readonly string[];
  readonly sections: readonly PromptSection[];
  /** Weaknesses that a family speaks to, their kinds included; null for the frame and the tasks. */
  readonly cwe: readonly number[] | null;
  /** Whether the team replaced, extended or wrote it. */
  readonly fromTeam: boolean;
}

export interface PromptLibrary {
  readonly frame: PromptPart;
  readonly tasks: ReadonlyMap<PromptTask, PromptPart>;
  /** Sorted by id. */
  readonly families: readonly PromptPart[];
}

/** How a part stands in the id of a prompt: `verdict@1`, `xss@2-team`. */
export function nameOfPart(part: PromptPart): string {
  return `${part.id}@${part.version}${part.fromTeam ? '-team' : ''}`;
}
