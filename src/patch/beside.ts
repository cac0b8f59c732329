// What a call that starts a program is told besides its command: options and callbacks that change nothing, or that decide on a shell.
import type { Argument, Expression } from '#code/ir.ts';
import type { SourceUnit } from '#code/source-unit.ts';
import { HARMLESS_OPTIONS } from './program-starts.ts';

/** An argument besides the command. */
export interface Beside {
  readonly text: string;
  /** It brings in no shell and no other program, whoever wrote it. */
  readonly isHarmless: boolean;
  /** It hands the command to a shell, or may do so. */
  readonly keepsShell: boolean;
  /** It brings in none where the same stood in a call before. */
  readonly mayStay: boolean;
}

/** Names that a function goes by which is called in the end; another one may stand for options. */
const CALLBACK = /^(?:cb|callback|done|next|resolve|reject|(?:on|handle)[A-Z]\w*)$/;
const DECIDES = /shell|executable|preexec|startupinfo/i;

export function besideOf({ value, name }: Argument, unit: SourceUnit): Beside {
  const text = unit.textOf(value.span);
  const mayStay =
    !DECIDES.test(`${name ?? ''} ${text}`) &&
    (name !== null ||
      unit.language === 'php' ||
      ['map', 'constant', 'lambda'].includes(value.kind) ||
      CALLBACK.test(text));
  // A table may take in another one, which no entry tells of.
  const isHarmless = isHarmlessArgument({ value, name }) && !text.includes('...') && !text.includes('**');
  const keepsShell = !isHarmless && /\bshell\b/.test(`${name ?? ''} ${text}`);
  return { text: `${name ?? ''}=${text}`, isHarmless, keepsShell, mayStay };
}

function isHarmlessArgument({ value, name }: Argument): boolean {
  if (name !== null) return isHarmless(name, value);
  if (value.kind !== 'map') return value.kind === 'lambda';
  return value.entries.every(
    ({ key, value: said }) => key.kind === 'constant' && isHarmless(String(key.constant.value), said),
  );
}

function isHarmless(option: string, value: Expression): boolean {
  if (value.kind !== 'constant') return false;
  return option === 'shell' ? value.constant.value === false : HARMLESS_OPTIONS.has(option);
}
