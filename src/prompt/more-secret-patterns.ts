// Kinds of secrets that neither the table of every exit nor secretlint knows: a prompt leaves the building, so it is looked through harder.
import type { SecretPattern } from '#support/secret-patterns.ts';

/** A token with a vendor's prefix that starts where a word starts. */
function prefixed(kind: string, body: string): SecretPattern {
  return { kind, pattern: new RegExp(`(?<![A-Za-z0-9_])(?:${body})(?![A-Za-z0-9])`, 'g') };
}

export const MORE_SECRET_PATTERNS: readonly SecretPattern[] = [
  { kind: 'Azure storage key', pattern: /(?<![A-Za-z0-9+/=_])[A-Za-z0-9+/]{86}==/g },
  prefixed('Azure client secret', '[A-Za-z0-9_~.]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}'),
  prefixed('Discord token', '[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}'),
  prefixed('Discord webhook', 'discord(?:app)?\\.com/api/webhooks/\\d{17,20}/[A-Za-z0-9_-]{60,80}'),
  prefixed('Teams webhook', '[a-z0-9-]{1,60}\\.webhook\\.office\\.com/webhookb2/[A-Za-z0-9@/-]{60,250}'),
  prefixed('Mailgun key', 'key-[0-9a-f]{32}|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}'),
  prefixed('Mailchimp key', '[0-9a-f]{32}-us\\d{1,2}'),
  prefixed('Grafana token', 'glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}|glc_[A-Za-z0-9+/=]{32,400}'),
  prefixed('New Relic key', 'NR(?:AK|JS|RA|II|IQ)-[A-Za-z0-9-]{24,44}'),
  prefixed('Sentry token', 'sntr[ysu]{1,2}_[A-Za-z0-9+/=_-]{40,250}'),
  prefixed('Postman key', 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}'),
  prefixed('Pulumi token', 'pul-[0-9a-f]{40}'),
  prefixed('Terraform Cloud token', '[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,70}'),
  prefixed('Doppler token', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9._-]{40,80}'),
  prefixed('Notion token', 'secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{40,60}'),
  prefixed('Figma token', 'figd_[A-Za-z0-9_-]{40,60}'),
  prefixed('Airtable token', 'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}'),
  prefixed('Atlassian token', 'AT(?:ATT|CTT|BB)[A-Za-z0-9_=-]{24,250}'),
  prefixed('Square token', 'sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,60}|EAAA[A-Za-z0-9_-]{58,64}'),
  prefixed('PayPal Braintree token', 'access_token\\$production\\$[0-9a-z]{16}\\$[0-9a-f]{32}'),
  prefixed('Facebook token', 'EAA[A-Za-z0-9]{60,250}'),
  prefixed('Alibaba Cloud key id', 'LTAI[A-Za-z0-9]{12,24}'),
  prefixed('Tencent Cloud key id', 'AKID[A-Za-z0-9]{32}'),
  prefixed('Cloudflare key', 'v1\\.0-[0-9a-f]{24}-[0-9a-f]{146}|cf(?:k|ut|at)_[A-Za-z0-9_-]{40,60}'),
  prefixed('Fly.io token', 'fo1_[A-Za-z0-9_-]{40,50}|FlyV1 fm\\d[a-z]?_[A-Za-z0-9+/=,_-]{40,800}'),
  prefixed('Netlify token', 'nf[pcoub]_[A-Za-z0-9]{36,60}'),
  prefixed('Render key', 'rnd_[A-Za-z0-9]{28,40}'),
  prefixed('Supabase key', 'sb(?:p|_secret|_publishable)_[A-Za-z0-9_-]{20,60}'),
  prefixed('PlanetScale token', 'pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,64}'),
  prefixed('Groq key', 'gsk_[A-Za-z0-9]{40,60}'),
  prefixed('Replicate token', 'r8_[A-Za-z0-9]{36,42}'),
  prefixed('Perplexity key', 'pplx-[A-Za-z0-9]{40,60}'),
  prefixed('xAI key', 'xai-[A-Za-z0-9]{60,100}'),
  prefixed('Clojars token', 'CLOJARS_[a-z0-9]{60}'),
  prefixed('NuGet key', 'oy2[a-z0-9]{43}'),
  prefixed('crates.io token', 'cio[A-Za-z0-9]{32}'),
  prefixed('JFrog token', 'AKCp[A-Za-z0-9]{60,90}|cmVmdGtu[A-Za-z0-9]{50,70}'),
  prefixed('SonarQube token', 'sq[upa]_[0-9a-f]{40}'),
  prefixed('Artifact registry JSON key', '"private_key_id"\\s{0,4}:\\s{0,4}"[0-9a-f]{40}'),
  prefixed('Dynatrace token', 'dt0[a-z]\\d{2}\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}'),
  prefixed(
    'PuTTY key',
    'PuTTY-User-Key-File-\\d: [^\\n]{1,60}(?:\\n[^\\n]{0,120}){1,60}?\\nPrivate-MAC: [0-9a-f]{40,64}',
  ),
  prefixed('WireGuard key', '(?:PrivateKey|PresharedKey) {0,4}= {0,4}[A-Za-z0-9+/]{43}='),
  {
    kind: 'connection string',
    pattern:
      /(?:Password|Pwd|SharedAccessKey|SharedSecret|AccountKey)\s{0,4}=\s{0,4}(?<secret>[^;"'\s<>{}$%]{6,200})(?=[;"'\s]|$)/gi,
    isSecret: (text) => /[\d!@#%^&*+/=]/.test(text) && !/^[A-Za-z_.]+\(|^\*+$|⟦/.test(text),
  },
  {
    kind: 'signed URL',
    pattern:
      /[?&](?:sig|signature|X-Amz-Signature|X-Goog-Signature|X-Amz-Security-Token)=(?<secret>[A-Za-z0-9%+/=_-]{24,1000})/gi,
  },
  {
    // `DB_PASS: correct horse battery` and the like: where a name says it, words are secrets as well.
    kind: 'password',
    pattern:
      /(?<![A-Za-z])(?:pass(?:word|wd|phrase)|secret[_-]?key(?:[_-]?base)?|client[_-]?secret)["']?\s{0,4}(?:=|:|=>)\s{0,4}(?<quote>["'])(?<secret>[^"'\n]{8,120})\k<quote>/gi,
    isSecret: (text) =>
      /\s/.test(text.trim()) && !/[{}<>%$()=;?]|⟦/.test(text) && text.trim().split(/\s+/).length >= 4,
  },
  {
    // A line from the middle of a key: nothing around it says so.
    kind: 'key material',
    pattern: /(?<![A-Za-z0-9+/=_.-])[A-Za-z0-9+/]{60,76}={0,2}(?![A-Za-z0-9+/=_.-])/g,
    isSecret: (text) =>
      /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text) && !/\/[a-z]+\/[a-z]+\//.test(text),
  },
];
