// Sixty and more kinds of secrets as they stand in code. None is real: each is put together when the test runs, so that no scanner takes this file
// for a leak.

/** Letters and digits without order; the same each time. */
function letters(count: number, alphabet: string, seed: number): string {
  let state = seed * 2_654_435_761 + 12_345;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return alphabet[(state >>> 8) % alphabet.length];
  }).join('');
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const HEX = '0123456789abcdef';
const UPPER = LOWER.toUpperCase();
const MIXED = UPPER + LOWER + DIGITS;
let seed = 0;
const mixed = (count: number) => letters(count, MIXED, ++seed);
const hex = (count: number) => letters(count, HEX, ++seed);
const digits = (count: number) => `7${letters(count - 1, DIGITS, ++seed)}`;
const capitals = (count: number) => letters(count, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', ++seed);
const small = (count: number) => letters(count, LOWER + DIGITS, ++seed);

export interface SecretSample {
  readonly kind: string;
  /** The line or lines of code that hold it. */
  readonly code: string;
  /** What may not be seen of it: each of these, whole. */
  readonly secrets: readonly string[];
}

function quoted(kind: string, ...pieces: readonly string[]): SecretSample {
  const secret = pieces.join('');
  return { kind, code: `const value = "${secret}";`, secrets: [pieces.at(-1) ?? secret] };
}

function inCode(kind: string, secret: string, write: (secret: string) => string): SecretSample {
  return { kind, code: write(secret), secrets: [secret] };
}

function pem(kind: string, label: string): SecretSample {
  const body = [mixed(64), mixed(64), mixed(40)];
  return {
    kind,
    code: [`-----BEGIN ${label}-----`, ...body, `-----END ${label}-----`].join('\n'),
    secrets: body,
  };
}

const word = (...parts: readonly string[]) => parts.join('');

export const SECRET_KINDS: readonly SecretSample[] = [
  quoted('AWS access key id', 'AKIA', capitals(16)),
  quoted('AWS temporary key id', 'ASIA', capitals(16)),
  inCode('AWS secret key', mixed(40), (key) => `aws_secret_access_key = ${key}`),
  quoted('GitHub personal token', 'ghp_', mixed(36)),
  quoted('GitHub fine-grained token', 'github_pat_', `${mixed(22)}_${mixed(59)}`),
  quoted('GitHub app token', 'ghs_', mixed(36)),
  quoted('GitHub OAuth token', 'gho_', mixed(36)),
  quoted('GitLab personal token', 'glpat-', mixed(20)),
  quoted('GitLab runner token', 'glrt-', mixed(20)),
  quoted('GitLab deploy token', 'gldt-', mixed(20)),
  quoted('Slack bot token', 'xoxb-', `${digits(12)}-${digits(12)}-${mixed(24)}`),
  quoted('Slack app token', 'xapp-', `1-${capitals(10)}-${digits(12)}-${hex(64)}`),
  quoted(
    'Slack webhook',
    'https://hooks.slack.com/services/',
    `T${capitals(8)}/B${capitals(8)}/${mixed(24)}`,
  ),
  quoted('Stripe live key', 'sk_live_', mixed(24)),
  quoted('Stripe webhook secret', 'whsec_', mixed(32)),
  quoted('npm token', 'npm_', mixed(36)),
  quoted('PyPI token', 'pypi-', `AgEIcHlwaS5vcmc${mixed(70)}`),
  quoted('RubyGems key', 'rubygems_', hex(48)),
  quoted('NuGet key', 'oy2', small(43)),
  quoted('crates.io token', 'cio', mixed(32)),
  quoted('Clojars token', 'CLOJARS_', small(60)),
  quoted('Docker Hub token', 'dckr_pat_', mixed(27)),
  quoted('JFrog token', 'AKCp', mixed(69)),
  quoted('Anthropic key', 'sk-ant-', `api03-${mixed(93)}AA`),
  quoted('OpenAI project key', 'sk-proj-', mixed(64)),
  quoted('OpenAI old key', 'sk-', mixed(48)),
  quoted('Groq key', 'gsk_', mixed(52)),
  quoted('Replicate token', 'r8_', mixed(37)),
  quoted('Perplexity key', 'pplx-', mixed(48)),
  quoted('xAI key', 'xai-', mixed(80)),
  quoted('Hugging Face token', 'hf_', mixed(34)),
  quoted('Google API key', 'AIza', mixed(35)),
  quoted('Google OAuth client secret', 'GOCSPX-', mixed(28)),
  quoted('Google access token', 'ya29.', mixed(80)),
  pem('Google service account key', word('PRIVATE', ' KEY')),
  quoted('Azure storage key', 'AccountKey=', `${mixed(86)}==`),
  quoted('Azure client secret', '', `${mixed(3)}8Q~${mixed(34)}`),
  quoted('Azure service bus', 'Endpoint=sb://x.example/;SharedAccessKey=', `${mixed(43)}=`),
  quoted('Azure signed URL', 'https://x.blob.example/c?sv=2024-01-01&sig=', `${mixed(40)}%3D`),
  quoted('SendGrid key', 'SG.', `${mixed(22)}.${mixed(43)}`),
  quoted('Twilio key', 'SK', hex(32)),
  quoted('Mailgun key', 'key-', hex(32)),
  quoted('Mailchimp key', '', `${hex(32)}-us14`),
  quoted('Shopify token', 'shpat_', hex(32)),
  quoted('Square token', 'sq0atp-', mixed(22)),
  quoted('PayPal Braintree token', '', `access_token$${'production'}$${small(16)}$${hex(32)}`),
  quoted('Facebook token', 'EAA', mixed(100)),
  quoted('DigitalOcean token', 'dop_v1_', hex(64)),
  quoted('Databricks token', 'dapi', hex(32)),
  quoted('HashiCorp Vault token', 'hvs.', mixed(90)),
  quoted('Terraform Cloud token', '', `${mixed(14)}.atlasv1.${mixed(64)}`),
  quoted('Pulumi token', 'pul-', hex(40)),
  quoted('Doppler token', 'dp.pt.', mixed(43)),
  quoted('Grafana token', 'glsa_', `${mixed(32)}_${hex(8)}`),
  quoted('New Relic key', 'NRAK-', capitals(27)),
  quoted('Sentry token', 'sntrys_', mixed(64)),
  quoted('Dynatrace token', 'dt0c01.', `${capitals(24)}.${capitals(64)}`),
  quoted('SonarQube token', 'squ_', hex(40)),
  quoted('Postman key', 'PMAK-', `${hex(24)}-${hex(34)}`),
  quoted('Linear key', 'lin_api_', mixed(40)),
  quoted('Notion token', 'ntn_', mixed(46)),
  quoted('Figma token', 'figd_', mixed(43)),
  quoted('Airtable token', 'pat', `${mixed(14)}.${hex(64)}`),
  quoted('Atlassian token', 'ATATT', `3xFfGF0${mixed(60)}`),
  quoted('Telegram token', '', `${digits(10)}:AA${mixed(33)}`),
  quoted('Discord token', 'M', `${mixed(25)}.${mixed(6)}.${mixed(38)}`),
  quoted('Discord webhook', 'https://discord.com/api/webhooks/', `${digits(18)}/${mixed(68)}`),
  quoted('Netlify token', 'nfp_', mixed(40)),
  quoted('Fly.io token', 'fo1_', mixed(43)),
  quoted('Supabase key', 'sbp_', hex(40)),
  quoted('PlanetScale token', 'pscale_tkn_', mixed(43)),
  quoted('Alibaba Cloud key id', 'LTAI', mixed(20)),
  quoted('Tencent Cloud key id', 'AKID', mixed(32)),
  quoted('age key', 'AGE-SECRET-KEY-1', capitals(58)),
  inCode('WireGuard key', `${mixed(43)}=`, (key) => `PrivateKey = ${key}`),
  quoted('JSON web token', 'eyJhbGciOiJIUzI1NiJ9.', `eyJ${mixed(40)}.${mixed(43)}`),
  pem('RSA private key', word('RSA PRIVATE', ' KEY')),
  pem('OpenSSH private key', word('OPENSSH PRIVATE', ' KEY')),
  pem('PGP private key', word('PGP PRIVATE', ' KEY BLOCK')),
  {
    kind: 'truncated private key',
    ...((body) => ({
      code: `-----BEGIN ${word('EC PRIVATE', ' KEY')}-----\n${body}`,
      secrets: [body],
    }))(mixed(64)),
  },
  inCode('lines from the middle of a key', mixed(64), (line) => `${line}\n${line}`),
  inCode('password in a URL', mixed(14), (key) => `postgres://app:${key}@db.example/prod`),
  inCode('token in a URL', mixed(24), (key) => `git clone https://${key}@git.example/x.git`),
  inCode('bearer header', mixed(32), (key) => `Authorization: Bearer ${key}`),
  inCode('basic header', mixed(28), (key) => `headers["Authorization"] = "Basic ${key}"`),
  inCode('password in code', `Tr0ub4dor&${digits(3)}`, (key) => `password = "${key}"`),
  inCode('password in YAML', `${mixed(12)}1a`, (key) => `db_password: ${key}`),
  inCode('pass phrase', 'correct horse battery staple', (key) => `passphrase = "${key}"`),
  inCode(
    'connection string',
    `p${mixed(9)}!7`,
    (key) => `"Server=db;Database=x;User Id=sa;Password=${key};"`,
  ),
  inCode('API key in code', hex(32), (key) => `api_key = '${key}'`),
];
