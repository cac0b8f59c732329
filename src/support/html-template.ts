// Pages made of templates that escape by default: what is put into one is text unless a template made it (security row 39).
import { createHash } from 'node:crypto';
import { toHtml } from './escape-html.ts';

/** Markup that a template of ours made. Nothing else can make one, so nobody can take foreign text for markup. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** @internal For this file: the markup of a value, escaped unless a template made it. */
  static markupOf(value: HtmlValue): string {
    if (value === null || value === false) return '';
    if (value instanceof Html) return value.#markup;
    if (typeof value === 'object') return value.map((part) => Html.markupOf(part)).join('');
    return toHtml(String(value));
  }

  /** @internal For `html` below. */
  static fromTemplate(strings: TemplateStringsArray, values: readonly HtmlValue[]): Html {
    const markup = strings.raw.map((text, at) => text + Html.markupOf(values[at] ?? null)).join('');
    return new Html(markup);
  }
}

export type HtmlValue = string | number | false | null | Html | readonly HtmlValue[];

/**
 * Values stand between tags or in double-quoted attributes, never in a tag's or attribute's name, a script, a style or an address. Null and
 * false leave nothing; lists are joined.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return Html.fromTemplate(strings, values);
}

export interface HtmlPage {
  readonly title: string;
  readonly language: string;
  /** Constants of ours: they stand in the page as they are, and the page's policy lets nothing else run. */
  readonly style: string;
  readonly script: string;
  readonly body: Html;
}

/**
 * A whole page in one file. Its content security policy (CSP Level 3) starts from `default-src 'none'` and allows this style and this
 * script by their hashes: no request can leave, and no other script or style counts, whatever stands in the page.
 */
export function htmlPage({ title, language, style, script, body }: HtmlPage): string {
  if (/<\/|<!--/.test(style + script))
    throw new Error('a style or script must not hold the end of its element');
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
  return [
    `<!doctype html>\n<html lang="${toHtml(language)}">\n<head>\n<meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">',
    `<title>${toHtml(title)}</title>\n<style>${style}</style>\n</head>\n<body>`,
    Html.markupOf(body),
    `<script>${script}</script>\n</body>\n</html>\n`,
  ].join('\n');
}
