// Reads Markdown as GitHub does (GFM), so that tests can ask what is live in it.
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly title?: string | null;
  readonly lang?: string | null;
  readonly children?: readonly MarkdownNode[];
}

export interface ReadMarkdown {
  readonly types: ReadonlySet<string>;
  /** Text nodes: what a reader sees as prose, and what forges search for mentions and references. */
  readonly prose: readonly string[];
  /** Values of code spans and fences. */
  readonly code: readonly string[];
  readonly html: readonly string[];
  /** Where links lead; those with a title, or with more than words and code as their text, are told as `odd`. */
  readonly links: readonly string[];
  /** Info strings of fences. */
  readonly fences: readonly string[];
}

export function readMarkdown(markdown: string): ReadMarkdown {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const found = {
    types: new Set<string>(),
    prose: [] as string[],
    code: [] as string[],
    html: [] as string[],
    links: [] as string[],
    fences: [] as string[],
  };
  const pending: MarkdownNode[] = [tree as MarkdownNode];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    found.types.add(node.type);
    if (node.type === 'text') found.prose.push(node.value ?? '');
    if (node.type === 'code' || node.type === 'inlineCode') found.code.push(node.value ?? '');
    if (node.type === 'html') found.html.push(node.value ?? '');
    if (node.type === 'link') found.links.push(isPlainLink(node) ? (node.url ?? '') : `odd ${node.url}`);
    if (node.type === 'code') found.fences.push(node.lang ?? '');
    pending.push(...[...(node.children ?? [])].reverse());
  }
  return found;
}

function isPlainLink({ title, children = [] }: MarkdownNode): boolean {
  return !title && children.every(({ type }) => type === 'text' || type === 'inlineCode');
}

const LIVE = [
  'image',
  'linkReference',
  'imageReference',
  'definition',
  'footnoteReference',
  'footnoteDefinition',
];
/** The only HTML that our own templates write. */
const OUR_HTML = /^(?:<br>|<\/?sub>|<\/?details>|<details><summary>[^<>`@#$[\]]*<\/summary>\n?)$/;
const OUR_MARKER = /^<!-- assay:v1 [A-Za-z0-9 =._,-]+ -->$/;
const OUR_FENCE = /^(?:suggestion(?::-\d+\+\d+)?|diff|yaml|sh|text)?$/;
/** Mention, issue or merge request reference, link, math, emoji code: what a forge makes live in prose. */
const LIVE_PROSE = /@[\w&-]|[#!]\d|GH-\d|https?:|www\.|\$|:[a-z_]+:/i;
/** What other bots take for an order, and GitLab for a quick action. */
const COMMAND_LINE = /^\s*(?:\/[a-z]|@\w+ \w|bors )/im;

export interface OurOwn {
  /** Links below these addresses are ours. */
  readonly links?: readonly string[];
  /** Whether the text ends with our hidden marker. */
  readonly marker?: boolean;
}

/** Everything in the Markdown that is live and must not be; empty when all foreign text is inert. */
export function liveParts(markdown: string, { links = [], marker = false }: OurOwn = {}): readonly string[] {
  const { types, prose, html, fences, ...read } = readMarkdown(markdown);
  const outsideFences = markdown.replace(/^(`{3,})[^\n]*\n(?:[\s\S]*?\n)?\1$/gm, '');
  const isOurMarker = (value: string) =>
    marker && OUR_MARKER.test(value) && markdown.trimEnd().endsWith(value) && html.at(-1) === value;
  return [
    ...LIVE.filter((type) => types.has(type)),
    ...read.links
      .filter((url) => !links.some((prefix) => url.startsWith(prefix)))
      .map((url) => `link ${url}`),
    ...html.filter((value) => !OUR_HTML.test(value) && !isOurMarker(value)).map((value) => `html ${value}`),
    ...(html.filter(isOurMarker).length > 1 ? ['marker twice'] : []),
    ...fences.filter((info) => !OUR_FENCE.test(info)).map((info) => `fence ${info}`),
    ...prose.filter((value) => LIVE_PROSE.test(value)).map((value) => `prose ${value}`),
    ...(COMMAND_LINE.test(outsideFences) ? [`command ${COMMAND_LINE.exec(outsideFences)?.[0]}`] : []),
  ];
}

/** Characters that no output may hold: controls but LF and TAB, format characters but joiners in words and emoji, private use, lone surrogates. */
export function hiddenCharacters(text: string): readonly string[] {
  const welcome = text.replace(
    /(?<=[\p{L}\p{M}\p{Extended_Pictographic}]|\uFE0F)[\u200C\u200D](?=[\p{L}\p{Extended_Pictographic}])/gu,
    '',
  );
  return (
    welcome.match(
      /[^\n\t\P{Cc}]|[\p{Cf}\p{Co}\p{Cs}]|[\u2028\u2029\u00A0\u115F\u1160\u3164\uFFA0\u2800]|\u034F|[\u{E0100}-\u{E01EF}]/gu,
    ) ?? []
  );
}
