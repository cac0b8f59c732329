// Cuts a long section where it hurts least: between paragraphs, then between lines or sentences, and only then inside of one.

/** A piece that fits beside others in a prompt, and is about one thing (characters). */
export const LONGEST_PIECE = 1_200;

/** Pieces of at most `longest` characters, in order, nothing lost but blank lines. Fenced code stays whole where it fits. */
export function splitParagraphs(text: string, longest = LONGEST_PIECE): readonly string[] {
  const pieces: string[] = [];
  let open = '';
  for (const paragraph of paragraphsOf(text).flatMap((part) => fitting(part, longest))) {
    const joined = open === '' ? paragraph : `${open}\n\n${paragraph}`;
    if (joined.length <= longest) {
      open = joined;
      continue;
    }
    pieces.push(open);
    open = paragraph;
  }
  return open === '' ? pieces : [...pieces, open];
}

/** Parted by blank lines, but not inside of fenced code. */
export function paragraphsOf(text: string): readonly string[] {
  const paragraphs: string[] = [];
  let lines: string[] = [];
  let fence: string | null = null;
  const close = () => {
    if (lines.length > 0) paragraphs.push(lines.join('\n'));
    lines = [];
  };
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (fence === null && line.trim() === '') {
      close();
      continue;
    }
    lines.push(line);
    if (fence === null) fence = mark;
    else if (mark?.startsWith(fence) === true && line.trim() === mark) fence = null;
  }
  close();
  return paragraphs;
}

function fitting(paragraph: string, longest: number): readonly string[] {
  const pieces: string[] = [];
  let rest = paragraph;
  while (rest.length > longest) {
    const cut = cutPoint(rest, longest);
    pieces.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

/** Behind a line, a sentence or a word in the second half of what fits; never through a character of two code units. */
function cutPoint(text: string, longest: number): number {
  const room = text.slice(0, longest);
  const ends = [room.lastIndexOf('\n'), lastSentenceEnd(room), room.lastIndexOf(' ')];
  const end = ends.find((at) => at >= longest / 2);
  if (end !== undefined) return end + 1;
  const last = room.charCodeAt(longest - 1);
  return last >= 0xd800 && last <= 0xdbff ? longest - 1 : longest;
}

function lastSentenceEnd(text: string): number {
  return Math.max(...['. ', '? ', '! ', '。', '？', '！', '；'].map((mark) => text.lastIndexOf(mark)));
}
