// The button "Commit suggestion": whether it is there, and what it writes (platforms A2).
import { applyGitHubSuggestion } from '../../doubles/apply-suggestion.ts';
import type { GitHubState, ReviewComment } from './state.ts';

/** Why the button is not there or does nothing, in the words of github.com where they are known. */
function whyNotApplicable(state: GitHubState, comment: ReviewComment): string | null {
  if (state.pull !== 'open') return 'Suggestions cannot be applied while the pull request is closed.';
  if (!state.isShown(comment)) return 'Suggestions cannot be applied from pending reviews.';
  if (comment.thread.resolvedBy !== null) return 'This suggestion has been applied or marked resolved.';
  if (comment.outdated) return 'This suggestion is invalid because it is outdated.';
  if (comment.subject === 'file' || comment.line === null) return 'Suggestions are for lines.';
  if (comment.side === 'LEFT' || comment.startSide === 'LEFT')
    return 'Applying suggestions on deleted lines is not supported.';
  const file = state.repository.shownDiff().find(({ newPath }) => newPath === comment.path);
  const rows = file?.hunks.flatMap(({ lines }) => lines) ?? [];
  const from = rows.findIndex(({ newLine }) => newLine === (comment.startLine ?? comment.line));
  const to = rows.findIndex(({ newLine }) => newLine === comment.line);
  const interleaved = rows.slice(from, to + 1).some(({ mark }) => mark === '-');
  return interleaved ? 'This suggestion cannot be committed: deleted lines stand between its lines.' : null;
}

/** One commit on the head branch with all of them, as a batch. Resolves their threads. Throws with the reason when one cannot be applied. */
export function applySuggestions(state: GitHubState, ids: readonly number[]): string {
  const comments = ids.map((id) => {
    const said = state.find(id);
    if (!('thread' in said)) throw new Error(`emulator: ${id} is not a comment on the diff`);
    const reason = whyNotApplicable(state, said);
    if (reason) throw new Error(`${said.path}:${said.line}: ${reason}`);
    return { comment: said, first: said.startLine ?? said.line ?? 0, last: said.line ?? 0 };
  });
  // From the last line up, so that what is above does not move.
  const ordered = comments.toSorted((a, b) => b.last - a.last);
  const written = new Map<string, { text: string; from: number }>();
  const head = state.repository.head();
  for (const { comment, first, last } of ordered) {
    const bytes = state.repository.file(head, comment.path);
    const file = written.get(comment.path) ?? {
      text: bytes?.toString('utf8') ?? '',
      from: Number.POSITIVE_INFINITY,
    };
    if (bytes && !Buffer.from(bytes.toString('utf8')).equals(bytes))
      throw new Error(`${comment.path} is not UTF-8.`);
    if (last >= file.from) throw new Error('Only one suggestion per line can be applied in a batch.');
    written.set(comment.path, {
      text: applyGitHubSuggestion(file.text, first, last, comment.body),
      from: first,
    });
  }
  for (const { comment } of comments) comment.thread.resolvedBy = state.settings.author;
  return state.repository.push((git) => {
    for (const [path, { text }] of written) git.write(path, text);
  }, 'Apply suggestions from code review');
}
