// What a model asked to see, answered from the repository's syntax: only names that can be names, and never more than a few hits.
import type { CodeRequest } from '#domain/claim.ts';
import { markOutside } from '#support/mark-outside.ts';
import { isAskableName } from '../code/repository-index.ts';
import { type Piece, slice } from './dossier-piece.ts';
import { type DossierScene, functionTitle } from './dossier-scene.ts';
import { sliceBody } from './slice-body.ts';

const MOST_REQUESTS = 8;
const MOST_HITS = 4;
const CUTS = { head: 'what was asked for', body: 'what was asked for' } as const;

interface Answer {
  readonly pieces: readonly Piece[];
  /** What was not found or not looked at, in words. */
  readonly notes: readonly string[];
}

export async function sliceRequests(
  requests: readonly CodeRequest[],
  scene: Pick<DossierScene, 'code' | 'repository' | 'path'>,
): Promise<Answer> {
  const pieces: Piece[] = [];
  const notes: string[] = [];
  const seen = new Set<string>();
  for (const request of requests) {
    const key = `${request.ask} ${request.name}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > MOST_REQUESTS) {
      notes.push(`more than ${MOST_REQUESTS} requests: the others were not answered`);
      break;
    }
    const answer = isAskableName(request.name)
      ? await answerOne(request, scene)
      : { pieces: [], notes: [`a request for ${request.ask}: its name is none that code can have`] };
    pieces.push(...joined(answer.pieces));
    notes.push(...answer.notes);
  }
  return { pieces, notes };
}

/** Lines that touch as one piece, shown as an answer even when the same lines stand elsewhere: asking must not seem to find nothing. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const whole: Piece[] = [];
  for (const piece of pieces) {
    const last = whole.at(-1);
    if (
      last !== undefined &&
      last.path === piece.path &&
      last.note === piece.note &&
      last.endLine + 1 === piece.startLine
    )
      whole[whole.length - 1] = { ...last, endLine: piece.endLine };
    else whole.push({ ...piece, isPointer: true });
  }
  return whole;
}

async function answerOne(
  { ask, name }: CodeRequest,
  scene: Pick<DossierScene, 'code' | 'repository' | 'path'>,
): Promise<Answer> {
  const { repository, path, code } = scene;
  const shown = markOutside(name, 60);
  const note = `asked for: ${ask} of ${shown}`;
  switch (ask) {
    case 'definition': {
      const found = await repository.definitions(name, path);
      const pieces: Piece[] = [];
      for (const hit of found.hits.slice(0, MOST_HITS))
        pieces.push(...(await sliceBody(hit, 'definition', note, code, CUTS)));
      return { pieces, notes: notesOf(found, `definition of ${shown}`, 'definitions') };
    }
    case 'callers': {
      const found = await repository.callers(name, path);
      const pieces = found.hits.slice(0, MOST_HITS).map((hit) => {
        const startLine = Math.max(hit.function?.startLine ?? 1, hit.startLine - 3, 1);
        const where = hit.function === null ? '' : `, in ${functionTitle(hit.function.name)}`;
        const lines = { path: hit.path, startLine, endLine: Math.min(hit.endLine, hit.startLine + 10) };
        return slice('caller', lines, `${note}${where}`, 'what was asked for');
      });
      return { pieces, notes: notesOf(found, `caller of ${shown}`, 'callers') };
    }
    case 'imports': {
      const found = await repository.imports(path);
      const last = name.split(/\W+/).at(-1) ?? name;
      const about = found.hits.filter(({ words }) => words.includes(last));
      const hits = about.length > 0 ? about : found.hits;
      const pieces = hits.slice(0, 20).map((hit) => slice('import', hit, note, 'what was asked for'));
      return {
        pieces,
        notes: about.length > 0 ? [] : [`no import of ${shown} in the file of the finding`],
      };
    }
    case 'configuration': {
      const found = await repository.configuration(name);
      const pieces = found.hits
        .slice(0, MOST_HITS)
        .map((hit) => slice('configuration', hit, note, 'what was asked for'));
      return { pieces, notes: notesOf(found, `setting ${shown}`, 'settings') };
    }
  }
}

function notesOf(
  found: { readonly hits: readonly unknown[]; readonly more: number; readonly gaps: readonly string[] },
  one: string,
  several: string,
): readonly string[] {
  if (found.hits.length === 0) return [`no ${one} in the repository`, ...found.gaps];
  const rest = Math.max(0, found.hits.length - MOST_HITS) + found.more;
  return [...(rest > 0 ? [`${rest} more ${several} for: ${one}`] : []), ...found.gaps];
}
