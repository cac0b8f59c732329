// A question as it was typed → the text that is worked on: bounded, without power, and in a language that is told from its words.
import { AssayError } from '#domain/errors.ts';
import { stripControls } from '../../support/escape-terminal.ts';
import { replaceInvisible } from '../../support/invisible-characters.ts';

/** Characters that are read; more is no question. */
export const LONGEST_QUESTION = 2_000;

export interface Question {
  readonly text: string;
  /** Whether its end was left out. */
  readonly isCut: boolean;
}

/** Throws AssayError `usage` for a question without a letter or digit. */
export function readQuestion(typed: string): Question {
  // What is beyond is not even looked at: expressions below read a text several times.
  const begin = typed.slice(0, 4 * LONGEST_QUESTION).toWellFormed();
  const text = replaceInvisible(stripControls(begin), () => '').trim();
  if (!/[\p{L}\p{N}]/u.test(text)) {
    throw new AssayError('usage', 'The question is empty.', {
      hint: 'Put it in quotes, for example: assay ask "where does the data in 7a735387 come from?"; assay ask "how many findings are there?"',
    });
  }
  return {
    text: text.slice(0, LONGEST_QUESTION).toWellFormed(),
    isCut: text.length > LONGEST_QUESTION || typed.length > begin.length,
  };
}

/** Names in code, places and ids: they are of no language. What stands right before or behind them is. */
const OF_NO_LANGUAGE = /`[^`]*`|[\x21-\x7e]*[./\\_:][\x21-\x7e]*|\b(?=[a-z]*\d)[0-9a-z]{6,}\b/gi;

/** Chinese where its characters are at least as many as words in Latin letters; null where no word tells. */
export function languageOfQuestion(text: string): 'en' | 'zh-CN' | null {
  const words = text.replace(OF_NO_LANGUAGE, ' ');
  const chinese = words.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = words.match(/[\p{Script=Latin}][\p{Script=Latin}'’-]*/gu)?.length ?? 0;
  if (chinese === 0) return latin === 0 ? null : 'en';
  return chinese >= latin ? 'zh-CN' : 'en';
}
