// What a proposed patch may not bring in although it harms nothing by itself: it makes the code around it weaker (security row 24).
import type { Language } from '#code/languages.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import {
  type ContentRule,
  NAMED_LATE,
  SAME_OUTCOME,
  STARTS_CODE,
  SWITCHED_OFF,
} from './new-content-rules.ts';

const SCRIPT: readonly Language[] = ['javascript', 'typescript', 'tsx'];
/** Rules with these are asked only of files in a language that Assay does not know. */
const UNKNOWN: readonly Language[] = [];

const SWALLOWED = phrase`a place where every error is swallowed`;
const WEAK_ALGORITHM = phrase`a weak algorithm`;
const LIVE_TEMPLATE = phrase`something that lets a template run what it should show`;

function rule(what: Phrase, pattern: RegExp, languages: readonly Language[] | null = null): ContentRule {
  return { what, pattern, languages };
}

export const WEAKENING_RULES: readonly ContentRule[] = [
  rule(SAME_OUTCOME, /\bor\s+(?:[1-9]\b|not\s+(?:False|0)\b)|\band\s+(?:0\b|not\s+(?:True|1)\b)/g),
  rule(SAME_OUTCOME, /(?:\|\||&&)\s*!{1,4}\s*(?:[01]|true|false|\[\]|\{\})/g),
  rule(
    SAME_OUTCOME,
    /(?<![\w.])(?:\d{1,9}|'[^'\n]{0,40}'|"[^"\n]{0,40}")\s{0,10}(?:={1,3}|!={1,2}|<>)\s{0,10}(?:\d{1,9}|'[^'\n]{0,40}'|"[^"\n]{0,40}")(?![\w.])/g,
  ),
  rule(SAME_OUTCOME, /(?<![\w.$])(?<same>[\w.$]{1,60})\s{0,10}(?:===?|!==?)\s{0,10}\k<same>(?![\w.$([])/g),
  rule(SWALLOWED, /\bexcept\b[^:\n]{0,80}:\s{0,80}(?:pass|continue|\.\.\.)(?!\w)/g, ['python']),
  rule(SWALLOWED, /\bcatch\s{0,20}(?:\([^)\n]{0,120}\)\s{0,20})?\{\s{0,80}\}/g),
  rule(SWALLOWED, /\brescue\b[^\n]{0,80}\n\s{0,80}(?:nil\s{0,20})?end\b|\brescue\s+nil\b/g, ['ruby']),
  rule(SWALLOWED, /(?<![\w$])@\$?\w+\s*\(/g, ['php']),
  rule(SWALLOWED, /\bset\s[^\n]{0,40}\+[a-z]*e|\|\|\s*(?:true|:)(?!\w)/g, UNKNOWN),
  rule(
    SWITCHED_OFF,
    /\b(?:rejectUnauthorized|strictSSL|verify|check_hostname|verify_ssl|ssl_verify|httpOnly|autoescape)['"]?\s{0,10}(?:=|:)\s{0,10}(?:false|0|None|!1|!true|not\s+True|bool\(0\))(?!\w)/gi,
  ),
  rule(
    SWITCHED_OFF,
    /InsecureSkipVerify\s{0,10}[:=]{1,2}\s{0,10}(?:true|!false)|_https_context\b|set(?:Default)?HostnameVerifier|checkServerTrusted|setHostnameVerification|TrustManager\b|OPENSSL_VERIFY|SSL_VERIFY_(?:NONE|PEER)|\bcurl\b[^\n]{0,80}\s(?:-k|--insecure)\b|ValidateInput\s{0,10}\(\s{0,10}false|\.permit!|\bwithout_protection\b|skip_authorization|ALLOWED_HOSTS\b[^\n]{0,40}['"]\*['"]|\borigins?['"]?\s{0,10}[:=]\s{0,10}(?:['"`]\*['"`]|true\b)|set_ciphers|\bprivileged\s*:\s*true|allowPrivilegeEscalation\s*:\s*true|runAsUser\s*:\s*0\b|hostNetwork\s*:\s*true/gi,
  ),
  rule(
    WEAK_ALGORITHM,
    /(?<![A-Za-z0-9])(?:rc[24]|3des|tripledes|desede)(?![A-Za-z0-9])|[-_/]ecb(?![a-z])|SSLv[23]|TLSv1(?![._]?[23])|VersionTLS1[01]\b|VersionSSL30/gi,
  ),
  // Where Assay knows the language, the last rung proves it.
  rule(WEAK_ALGORITHM, /(?<![A-Za-z0-9])(?:md[245]|sha-?1)(?![A-Za-z0-9])/gi, UNKNOWN),
  rule(
    phrase`predictable random numbers`,
    /\bMath\.random\s*\(|(?<![\w.])(?:mt_)?rand\s*\(|(?<![\w.])random\.(?:random|randint|choice|randrange)\s*\(|\bnew\s+Random\s*\(/g,
  ),
  rule(
    LIVE_TEMPLATE,
    /\brender_template_string\b|\bfrom_string\s*\(|\bERB\.new\b|\bSafeString\b|\|\s*safe\b|\{%\s*autoescape\s+off|\{\{\{|\{!!|<%|<\?(?!xml)|\bth:utext\b|\bv-html\b|template\.(?:HTML|HTMLAttr|JS|JSStr|URL|CSS|Srcset)\s*\(|\bHtml\.Raw\b|\bHtmlString\b|\braw\s*\(|\bTemplate\s*\(/g,
  ),
  rule(
    phrase`the prototype of other objects`,
    /__proto__|\bsetPrototypeOf\b|__define[GS]etter__|\.prototype\s*\[/g,
    SCRIPT,
  ),
  rule(NAMED_LATE, /\]\s*(?:\?\.\s*\(|`)/g, SCRIPT),
  rule(phrase`an address that is put together`, /['"`]\/\/['"`]|['"`]https?:?['"`]\s*[+.]/gi),
  rule(
    phrase`a comment inside of a query`,
    /\b(?:select|update|delete|insert|where)\b[^\n;]{0,400}(?:\s--(?:\s|$)|\/\*)/gim,
  ),
  rule(
    phrase`a function that is called by its name`,
    /\b(?:array_(?:filter|walk|reduce|udiff\w*|diff_u\w+)|u[ak]sort|register_\w+_function|set_\w+_handler|ob_start|iterator_apply|forward_static_call\w*|spl_autoload_register|preg_replace|mb_ereg_replace\w*)\s*\(/gi,
    ['php'],
  ),
  rule(
    STARTS_CODE,
    /\b(?:IO|File|Kernel)\.(?:readlines|foreach|binwrite|copy_stream|open)\b|\bat_exit\b|['"]\|/g,
    ['ruby'],
  ),
  rule(phrase`a line that says when the file is built`, /\/\/\s*\+build\b|\/\/go:\w+/g, ['go']),
  rule(
    phrase`something that tells the compiler`,
    /^[ \t]*(?:%:|\?\?=)[^\n]{0,200}|\b_Pragma\b|__attribute__|\[\[\s*gnu::/gm,
    ['c', 'cpp'],
  ),
  rule(
    phrase`a copy without a bound`,
    /(?<!\w)(?:strcpy|strcat|sprintf|vsprintf|stpcpy|wcscpy|wcscat|alloca)\s*\(/g,
    ['c', 'cpp'],
  ),
  rule(
    phrase`a part that stands for another`,
    /:[ \t]+[&*]\w+(?=\s|$)|<<[ \t]*:|(?:^|[\s:])!{1,2}[a-z]\w*[/:]|!!\w+/gm,
    UNKNOWN,
  ),
  rule(
    phrase`a command inside of a text`,
    /\$\(|`|<<[-~]?[ \t]*['"\\]?[A-Za-z_]{2,}|\b(?:source|exec)\s+\S/g,
    UNKNOWN,
  ),
];
