// What happens when a note is written: quick actions are run, limits kept, and only then it stands there.
import type { z } from 'zod';
import type { HostAnswer } from '../emulated-host.ts';
import { applicationLimited, badParameters, invalid } from './answers.ts';
import type { GitLabState } from './gitlab-state.ts';
import type { Discussion, GitLabUser, Note } from './model.ts';
import { extractQuickActions } from './quick-actions.ts';
import { DEVELOPER, type GitLabCall, mayNotComment } from './route.ts';
import { readFields } from './write-schemas.ts';

/** GitLab's limit on the characters of a note (platforms B4). */
const LONGEST_NOTE = 1_000_000;

/** The fields of a write, or the answer that refuses them. A refusal is noted as a violation. */
export function takeFields<Fields>(
  call: GitLabCall,
  schema: z.ZodType<Fields>,
): { readonly fields: Fields } | { readonly answer: HostAnswer } {
  const read = readFields(schema, call.sent);
  if (read.kind === 'read') return { fields: read.fields };
  call.state.violations.push(`${call.request.method} ${call.request.path}: ${read.error}`);
  return { answer: badParameters(read.error) };
}

/** Why the caller may not write a note now; null when it may. Counts against the application's limit (platforms D40). */
export function mayNotWrite(call: GitLabCall): HostAnswer | null {
  const refused = mayNotComment(call);
  if (refused) return refused;
  return spend(call.state.switches.applicationLimit) ? null : applicationLimited();
}

/** Whether a limit lets one more pass. */
export function spend(limit: { after: number; refusals: number } | null): boolean {
  if (!limit) return true;
  if (limit.after > 0) {
    limit.after -= 1;
    return true;
  }
  if (limit.refusals <= 0) return true;
  limit.refusals -= 1;
  return false;
}

export type WrittenText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'commands_only'; readonly answer: HostAnswer }
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, readonly string[]>> };

/** Runs the quick actions of a new text (platforms D43) and checks what is left of it. */
export function writeText(state: GitLabState, body: string): WrittenText {
  const { text, commands } = extractQuickActions(body);
  runCommands(state, commands);
  if (text === '' && commands.length > 0) {
    const answer = { commands_changes: {}, summary: commands.map((command) => `Ran ${command}.`) };
    return { kind: 'commands_only', answer: { status: 202, body: answer } };
  }
  const errors = errorsOf(text);
  if (errors) return { kind: 'invalid', errors };
  const notes = state.notes.filter(({ system }) => !system).length;
  if (notes < state.switches.maximumNotes) return { kind: 'text', text };
  return { kind: 'invalid', errors: { base: ['Maximum number of comments exceeded'] } };
}

/** What is wrong with a note's text; null when nothing is. */
function errorsOf(text: string): Record<string, string[]> | null {
  if (/^\s*$/.test(text)) return { note: ["can't be blank"] };
  if ([...text].length <= LONGEST_NOTE) return null;
  return { note: [`is too long (maximum is ${LONGEST_NOTE} characters)`] };
}

function runCommands(state: GitLabState, commands: readonly string[]): void {
  state.quickActions.push(...commands);
  for (const command of commands) {
    if (/^\/close\b/i.test(command)) state.switches.state = 'closed';
    if (/^\/reopen\b/i.test(command)) state.switches.state = 'opened';
    if (/^\/merge\b/i.test(command)) state.switches.state = 'merged';
  }
}

/** Changes a note's text as an edit does: commands in it are run too. Null when it stands now. */
export function rewrite(state: GitLabState, note: Note, body: string): HostAnswer | null {
  const { text, commands } = extractQuickActions(body);
  runCommands(state, commands);
  const errors = errorsOf(text);
  if (errors) return invalid(errors);
  state.edit(note, text);
  return null;
}

/** Platforms B4, D47: Developer, or the author of the change. */
export function mayResolve({ state, token }: GitLabCall): boolean {
  return token.access >= DEVELOPER || isSame(token.user, state.mergeRequest.author);
}

export const isSame = (one: GitLabUser, other: GitLabUser): boolean => one.id === other.id;

/** A discussion that everybody may see. */
export const isShown = ({ notes }: Discussion): boolean => notes.some(({ hidden }) => !hidden);
