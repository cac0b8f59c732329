// What secrets look like that nobody told us of: one row a kind. Vendors publish the prefixes so that scanners can find them.

export interface SecretPattern {
  /** What stands in the mark: `⟦redacted: kind⟧`. */
  readonly kind: string;
  /** Global. A group named `secret` narrows what is taken out; without it the whole match goes. Linear time (row 36). */
  readonly pattern: RegExp;
  /** A second look at the captured text, where shape alone would take out too much. */
  readonly isSecret?: (text: string) => boolean;
}

/** A token with a vendor's prefix that starts where a word starts. */
function prefixed(kind: string, body: string): SecretPattern {
  return { kind, pattern: new RegExp(`(?<![A-Za-z0-9_])(?:${body})(?![A-Za-z0-9])`, 'g') };
}

const ASSIGNED_NAME =
  '(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|auth[_-]?key|encryption[_-]?key|signing[_-]?key)';

export const SECRET_PATTERNS: readonly SecretPattern[] = [
  prefixed('AWS access key id', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}'),
  prefixed('GitHub token', 'gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255}'),
  prefixed(
    'GitLab token',
    'gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|oas|soat|ffct|wt)-[A-Za-z0-9_.-]{20,300}',
  ),
  prefixed('Slack token', 'xox[abeoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{10,250}|xapp-\\d-[A-Za-z0-9-]{10,250}'),
  prefixed('Slack webhook', 'hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,200}'),
  prefixed('Stripe key', '(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,250}|whsec_[A-Za-z0-9]{24,250}'),
  prefixed('npm token', 'npm_[A-Za-z0-9]{36}'),
  prefixed('PyPI token', 'pypi-[A-Za-z0-9_-]{50,300}'),
  prefixed('RubyGems key', 'rubygems_[a-f0-9]{48}'),
  prefixed('Anthropic key', 'sk-ant-[A-Za-z0-9_-]{20,300}'),
  prefixed('OpenAI key', 'sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,300}|sk-[A-Za-z0-9]{32,64}'),
  prefixed('Google key', 'AIza[A-Za-z0-9_-]{35}|GOCSPX-[A-Za-z0-9_-]{20,60}|ya29\\.[A-Za-z0-9_-]{20,500}'),
  prefixed('Hugging Face token', 'hf_[A-Za-z0-9]{30,60}'),
  prefixed('SendGrid key', 'SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{30,64}'),
  prefixed('Twilio key', 'SK[0-9a-f]{32}'),
  prefixed('Shopify token', 'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}'),
  prefixed('DigitalOcean token', 'do[opr]_v1_[a-f0-9]{64}'),
  prefixed('Databricks token', 'dapi[a-f0-9]{32}'),
  prefixed('HashiCorp Vault token', 'hv[sb]\\.[A-Za-z0-9_-]{24,300}'),
  prefixed('Docker token', 'dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,100}'),
  prefixed('Linear key', 'lin_(?:api|oauth)_[A-Za-z0-9]{32,80}'),
  prefixed('Telegram token', '\\d{8,10}:AA[A-Za-z0-9_-]{32,35}'),
  prefixed('age key', 'AGE-SECRET-KEY-1[A-Z0-9]{58}'),
  {
    kind: 'JSON web token',
    pattern:
      /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,8000}(?:\.[A-Za-z0-9_-]{0,2000})?/g,
  },
  {
    // The body may be cut off, broken into lines, or written with escaped line ends.
    kind: 'private key',
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?:\s|\\[nr])+[A-Za-z-]{4,20}: [^\n\\]{1,100})*(?:(?:\s|\\[nr])*[A-Za-z0-9+/=]{8,})(?:(?:\s|\\[nr])+[A-Za-z0-9+/=]{8,})*(?:(?:\s|\\[nr])+=?[A-Za-z0-9+/=]{1,76})?(?:(?:\s|\\[nr])*-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g,
  },
  {
    kind: 'password in a URL',
    pattern: /:\/\/[^\s/@:"'<>]{0,100}:(?<secret>[^\s/@"'<>]{1,256})(?=@)/g,
    isSecret: (text) => !isPlaceholder(text),
  },
  {
    kind: 'token in a URL',
    pattern: /:\/\/(?<secret>[A-Za-z0-9_-]{20,255})(?=@)/g,
    isSecret: looksRandom,
  },
  {
    kind: 'authorization',
    pattern: /\b(?:Bearer|Basic|Token)\s{1,4}(?<secret>[A-Za-z0-9._~+/=-]{16,4000})/gi,
    isSecret: looksRandom,
  },
  {
    kind: 'password',
    pattern: new RegExp(
      `${ASSIGNED_NAME}["'\\]]{0,2}\\s{0,4}(?::=|=>|={1,3}|:)\\s{0,4}[a-z]{0,2}(?<quote>["'\`])(?<secret>[^"'\`\\s]{6,256})\\k<quote>`,
      'gi',
    ),
    isSecret: (text) =>
      !isPlaceholder(text) && /[A-Za-z]/.test(text) && /[\d!@#$%^&*+?]/.test(text) && entropyOf(text) >= 2.5,
  },
  {
    kind: 'password',
    pattern: new RegExp(
      `${ASSIGNED_NAME}["'\\]]{0,2}\\s{0,4}(?::=|=>|=|:)\\s{0,4}(?<secret>[A-Za-z0-9+/=_~!@#$%^&*-]{8,256})`,
      'gi',
    ),
    isSecret: looksRandom,
  },
];

/** A cheap first question: no text without one of these holds a secret of the table. */
export const SECRET_HINT =
  /A(?:KI|SI|BI|CC)A|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|xox|xapp-|slack\.com|[rspk]k_|whsec_|npm_|pypi-|rubygems_|sk-|AIza|GOCSPX|ya29|hf_|SG\.|SK[0-9a-f]|shp|do[opr]_v1|dapi|hv[sb]\.|dckr_|lin_|:AA|AGE-|eyJ|PRIVATE KEY|:\/\/|bearer|basic|token|pass|pwd|secret|credential|key/i;

/** `${PASSWORD}`, `<password>`, `{{ token }}`, `%s`, `****`, `changeme`: names and holes, no secrets. */
function isPlaceholder(text: string): boolean {
  return /^[$%{<[]|^[*x.•]+$|^(?:password|passwd|secret|token|changeme|example|placeholder|redacted|none|null|undefined|true|false)$/i.test(
    text,
  );
}

/** Letters and digits mixed, without the order of words or numbers. */
function looksRandom(text: string): boolean {
  return /[A-Za-z]/.test(text) && /\d/.test(text) && !isPlaceholder(text) && entropyOf(text) >= 2.75;
}

/** Shannon entropy in bits a character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / text.length) * Math.log2(count / text.length);
  return entropy;
}
