// The click on "Apply suggestion": what a host writes into the file, told from the posted Markdown alone.
//
// GitLab's side follows its source: `Gitlab::QuickActions::Extractor` takes every CR out of a note, `Gitlab::Diff::SuggestionsParser`
// reads the rendered block, `Suggestion#to_content` adds the line end, `Suggestions::FileSuggestion` puts it into the file. GitHub's is not public: platforms A2 is what is known of it.
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

export interface SuggestionBlock {
  /** The first word after the fence: `suggestion`, `suggestion:-0+2`. */
  readonly info: string;
  /** Every byte between the line of the opening fence and that of the closing one: '' or whole lines. */
  readonly content: string;
}

/** GitLab counts no more lines than these above and below the commented one. */
const MOST_CONTEXT = 100;

/** The suggestion blocks of a comment, as GFM reads it. Throws when one is not closed or not at the left edge. */
export function findSuggestionBlocks(markdown: string): readonly SuggestionBlock[] {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return tree.children.flatMap((node) => {
    if (node.type !== 'code' || !/^suggestion(?::|$)/.test(node.lang ?? '')) return [];
    const from = node.position?.start.offset ?? 0;
    const source = markdown.slice(from, node.position?.end.offset ?? from);
    const [, fence, body, closing] = /^(`{3,}|~{3,})[^\r\n]*(?:\r\n|\n)([\s\S]*?)([`~]*)$/.exec(source) ?? [];
    if (fence === undefined || body === undefined || closing === undefined || closing.length < fence.length) {
      throw new Error(`A suggestion block is not closed: ${source}`);
    }
    if (body !== '' && !body.endsWith('\n')) throw new Error(`A suggestion block is indented: ${source}`);
    return [{ info: node.lang ?? '', content: body }];
  });
}

/**
 * The file after the click on GitHub: lines `startLine` to `endLine` (1-based, both included, the range of the comment) are replaced by
 * the lines of the block; no line in the block deletes them. Throws when GitHub would show no button or refuse.
 */
export function applyGitHubSuggestion(
  fileText: string,
  startLine: number,
  endLine: number,
  commentBody: string,
): string {
  const block = onlyBlock(commentBody);
  if (block.info !== 'suggestion') throw new Error(`GitHub shows no button for ${block.info}`);
  return replaceLines(fileText, startLine, endLine, () => block.content);
}

/**
 * The file after the click on GitLab; `line` (1-based, new side) is the line that the discussion stands at. Line breaks inside
 * the block become LF, the line end of the last replaced line is put behind it, and a blank text deletes. Throws when GitLab would refuse.
 */
export function applyGitLabSuggestion(fileText: string, line: number, commentBody: string): string {
  const block = onlyBlock(commentBody.replaceAll('\r', ''));
  const [, above = '0', below = '0'] =
    /^suggestion(?::(?:-(\d+))?(?:\+(\d+))?)?$/.exec(block.info) ?? refuse(`no lines in ${block.info}`);
  const startLine = Math.max(1, line - Math.min(MOST_CONTEXT, Number(above)));
  const endLine = line + Math.min(MOST_CONTEXT, Number(below));
  return replaceLines(fileText, startLine, endLine, (replaced) => {
    // The highlighter gives the lines back without the last LF; "blank?" is true of white space of any kind.
    const text = block.content.replace(/\n$/, '');
    if (/^\p{White_Space}*$/u.test(text)) return '';
    return text + (/\r\n|\r|\n/.exec(replaced.at(-1) ?? '')?.[0] ?? '');
  });
}

function onlyBlock(commentBody: string): SuggestionBlock {
  const [block, ...others] = findSuggestionBlocks(commentBody);
  if (block === undefined) throw new Error('The comment holds no suggestion.');
  if (others.length > 0) throw new Error('The comment holds several suggestions.');
  return block;
}

/** Lines end with LF and nothing else: both hosts count as git does. */
function replaceLines(
  fileText: string,
  startLine: number,
  endLine: number,
  write: (replaced: readonly string[]) => string,
): string {
  const lines = fileText.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  if (startLine < 1 || endLine < startLine || endLine > lines.length) {
    throw new Error(`The file has no lines ${startLine} to ${endLine}.`);
  }
  const changed = [
    ...lines.slice(0, startLine - 1),
    write(lines.slice(startLine - 1, endLine)),
    ...lines.slice(endLine),
  ].join('');
  if (changed === fileText) throw new Error('No changes were made to the code.');
  return changed;
}

function refuse(why: string): never {
  throw new Error(`The host shows no button: ${why}.`);
}
