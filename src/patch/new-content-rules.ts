// What no proposed patch may bring in: one row a kind of danger, matched on the text as written (security row 24).
import type { Language } from '#code/languages.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';

export interface ContentRule {
  /** Ends the sentence "The patch brings in …". */
  readonly what: Phrase;
  /** Global, in linear time (security row 36). */
  readonly pattern: RegExp;
  /** Null: in every language. A language that Assay does not know meets the rules of all. */
  readonly languages: readonly Language[] | null;
  /** Two matches with the same key are the same thing; without it, by their letters. */
  readonly keyOf?: (match: string) => string;
}

const SCRIPT: readonly Language[] = ['javascript', 'typescript', 'tsx'];
const NATIVE: readonly Language[] = ['c', 'cpp'];

export const STARTS_CODE = phrase`something that starts programs or runs text as code`;
export const NAMED_LATE = phrase`a call of something that is only named when it runs`;
export const SAME_OUTCOME = phrase`a condition that always has the same outcome`;
export const SWITCHED_OFF = phrase`something that switches a protection off`;
/** A long name or path that the file already holds hides nothing new. */
export const LONG_RUN = phrase`a long run of letters and digits that may hide something`;
const NETWORK = phrase`something that speaks to the network`;
const ADDRESS = phrase`an address`;
const HIDDEN = phrase`hidden text`;

function rule(what: Phrase, pattern: RegExp, languages: readonly Language[] | null = null): ContentRule {
  return { what, pattern, languages };
}

/** Names of functions and types; a name that goes on in another word is another name. */
function names(what: Phrase, list: string, languages: readonly Language[]): ContentRule {
  // PHP's functions have one name in any case.
  const flags = languages.includes('php') ? 'gi' : 'g';
  return rule(what, new RegExp(`(?<![\\w$])(?:${list})(?![\\w$])`, flags), languages);
}

export const CONTENT_RULES: readonly ContentRule[] = [
  {
    what: ADDRESS,
    pattern: /(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,20}:\/\/[^\s'"`<>)]{1,2000}/g,
    languages: null,
    keyOf: (url) => url.replace(/^http:/i, 'https:'),
  },
  rule(phrase`an unencrypted address`, /(?<![A-Za-z0-9])http:\/\/[^\s'"`<>)]{1,2000}/gi),
  rule(
    ADDRESS,
    /['"`(]\/\/[\w-]{1,100}\.[\w.-]{1,200}|\b(?:data|javascript|vbscript|file|jdbc|ldaps?|rmi|jndi):(?=[\w/+.;,-])/gi,
  ),
  rule(ADDRESS, /\b(?!127\.0\.0\.1\b|0\.0\.0\.0\b)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g),
  rule(
    phrase`a host name`,
    /['"`](?:[\w%+.-]{1,64}@)?(?:[\w-]{1,63}\.){1,8}(?:com|net|org|io|dev|app|ru|cn|xyz|top|info|biz|site|online|me|co|sh|cc|tk|ws|to|us|uk|de|eu|onion|zip|page|link)(?=[:/'"`])/gi,
  ),
  rule(
    STARTS_CODE,
    /(?<![\w$.>])(?:eval|exec|execfile|execSync|system|popen|spawn|spawnSync|fork|execv\w{0,3}|execl\w{0,2})\s*\(/gi,
  ),
  rule(
    STARTS_CODE,
    /(?<!\/[a-z]{0,8}|(?<![\w$])(?:re|rx)|regexp?|pattern|matcher)\.\s*(?:exec|eval|spawn|popen|system|fork|execSync|spawnSync|execFile\w{0,4}|execute_?[sS]cript|call_user_func\w{0,6})\s*\(/gi,
  ),
  rule(
    STARTS_CODE,
    /(?<![\w$])(?:eval|execSync|spawnSync|execFileSync)(?![\w$])|\.\s*(?:system|popen|spawn|fork)(?![\w$])/g,
  ),
  rule(
    STARTS_CODE,
    /\[\s*['"`](?:exec|spawn|fork|eval|system|popen)\w*['"`]|\bimport\b[^\n]{0,200}\b(?:system|popen|exec\w*|spawn\w*|fork\w*)\b/g,
  ),
  rule(STARTS_CODE, /(?<![\w$])(?:exec|spawn|fork|execFile)\s*[,:}]/g, SCRIPT),
  rule(NAMED_LATE, /\]\s*\(/g, [...SCRIPT, 'python', 'php']),
  rule(NAMED_LATE, /[)'"]\s*\((?=[$'"`\w])/g, ['php']),
  names(
    STARTS_CODE,
    'child_process|execFile|execFileSync|execa|shelljs|worker_threads|vm2?\\.\\w+|Function|GeneratorFunction|AsyncFunction|createRequire|mainModule|globalThis|Reflect|Deno|Bun|process\\.(?:binding|dlopen|mainModule|_linkedBinding)',
    SCRIPT,
  ),
  rule(STARTS_CODE, /(?<![\w$.])compile\s*\(/g, ['python']),
  rule(
    STARTS_CODE,
    /\.\s*constructor\b|\[\s*['"`]constructor|\bset(?:Timeout|Interval|Immediate)\s*\(\s*['"`]|\b(?:window|self|global|top|parent|document)\s*\[/g,
    SCRIPT,
  ),
  names(
    STARTS_CODE,
    '__import__|importlib|subprocess|pty|runpy|ctypes|cffi|getattr|globals|vars|__builtins__|__dict__|__getattribute__|__mro__|__bases__|__code__|__loader__|__spec__|__subclasses__|__globals__|__class__|builtins|marshal|c?[pP]ickle|dill|shelve|jsonpickle|os\\.(?:system|popen|exec\\w+|spawn\\w+|posix_spawn\\w*|startfile|fork)',
    ['python'],
  ),
  names(
    STARTS_CODE,
    'Runtime|ProcessBuilder|ScriptEngine\\w*|ClassLoader|URLClassLoader|forName|defineClass|ObjectInputStream|readObject|XMLDecoder|MethodHandles?|InitialContext|GroovyShell|SpelExpressionParser|Unsafe|loadLibrary|getMethod|getDeclaredMethod|setAccessible',
    ['java'],
  ),
  names(
    STARTS_CODE,
    'assert|shell_exec|passthru|proc_open|popen|pcntl_exec|create_function|call_user_func|call_user_func_array|unserialize|extract|parse_str|dl|ReflectionFunction|preg_replace_callback|array_map|usort|ini_set|putenv|FFI',
    ['php'],
  ),
  rule(STARTS_CODE, /\$\$|\$\{\s*['"$]|\$\w+\s*\(|`/g, ['php']),
  names(
    STARTS_CODE,
    'instance_eval|class_eval|module_eval|instance_exec|class_exec|binding|Open3|IO\\.(?:popen|read|write|binread)|Kernel|PTY|Process|public_send|__send__|send|constantize|const_get|define_method|method|Marshal|YAML\\.(?:unsafe_load|load)|ObjectSpace|Fiddle|syscall',
    ['ruby'],
  ),
  rule(
    STARTS_CODE,
    /`|%x|(?<![\w.:@])(?:system|exec|spawn|eval|open)\s*[('"]|(?<![\w.:@])(?:system|exec|spawn|eval)\s+[\w'"]/g,
    ['ruby'],
  ),
  names(
    STARTS_CODE,
    'exec\\.\\w+|syscall\\.\\w+|plugin\\.\\w+|unsafe\\.\\w+|os\\.StartProcess|reflect\\.\\w+|//go:linkname|//go:generate|//export',
    ['go'],
  ),
  rule(STARTS_CODE, /\/\/go:(?:linkname|generate|embed|cgo)\w*|#cgo\b/g, ['go']),
  names(
    STARTS_CODE,
    'system|popen|execl[pe]?|execvp?e?|dlopen|dlsym|posix_spawnp?|clone|vfork|asm|__asm__|__asm|constructor|ShellExecute\\w*|CreateProcess\\w*|WinExec|LoadLibrary\\w*|GetProcAddress|VirtualProtect|mprotect|setuid|seteuid|gets|_popen|_wsystem',
    NATIVE,
  ),
  rule(STARTS_CODE, /^[ \t]*#[ \t]*(?:define|undef|pragma|line|embed)\b.*$/gm, NATIVE),
  names(
    STARTS_CODE,
    'Process|ProcessStartInfo|Assembly|Activator|DllImport|LibraryImport|BinaryFormatter|NetDataContractSerializer|CSharpScript|CSharpCodeProvider|Marshal|InvokeMember|GetMethod|DynamicInvoke|unsafe|PowerShell',
    ['csharp'],
  ),
  rule(
    phrase`a shell command`,
    /(?<![\w-])(?:curl|wget|nc|ncat|netcat|bash|zsh|powershell|pwsh|cmd\.exe|certutil|mshta|rundll32|chmod|chown|sudo|crontab|mkfifo|ssh|scp|telnet|nslookup)\s+(?=[-/\w"'|])|\/bin\/(?:ba|z|da|k|c)?sh\b|\/dev\/(?:tcp|udp)\b|\|\s*(?:ba|z|da)?sh\b|\brm\s+-\w*[rf]|\.ssh\/|\/etc\/(?:passwd|shadow|sudoers|cron)/gi,
  ),
  names(
    NETWORK,
    'XMLHttpRequest|WebSocket|EventSource|sendBeacon|axios|superagent|undici|importScripts|RTCPeerConnection|nodemailer|(?:https?|http2|net|tls|dgram|dns)\\.(?:request|get|connect|createConnection|createServer|createSocket|lookup|resolve\\w*)|node-fetch',
    SCRIPT,
  ),
  rule(
    NETWORK,
    /(?<![\w$>])(?:window\.|globalThis\.|self\.)?fetch\s*\(|\bnew\s+Image\b|createElement\s*\(\s*['"`](?:script|iframe|img|link|form)/g,
    SCRIPT,
  ),
  names(
    NETWORK,
    'requests|urllib\\d?|urlopen|urlretrieve|httpx|aiohttp|socket|httplib|http\\.client|ftplib|smtplib|telnetlib|paramiko|asyncio\\.open_connection|xmlrpc|websockets?|dns\\.resolver',
    ['python'],
  ),
  names(
    NETWORK,
    'URL|URI\\.create|HttpURLConnection|openConnection|openStream|HttpClient\\w*|RestTemplate|WebClient|OkHttpClient|Socket|ServerSocket|DatagramSocket|InetAddress|SocketChannel|Jsoup',
    ['java'],
  ),
  names(
    NETWORK,
    'curl_\\w+|fsockopen|pfsockopen|stream_socket_client|stream_context_create|file_get_contents|fopen|readfile|file_put_contents|copy|mail|SoapClient|ftp_\\w+|ssh2_\\w+|gethostbyname|dns_get_record|header|move_uploaded_file|symlink',
    ['php'],
  ),
  names(
    NETWORK,
    'Net::\\w+|URI\\.open|URI\\.parse|open-uri|TCPSocket|UDPSocket|Socket|Faraday|HTTParty|RestClient|Excon|Typhoeus|Resolv|OpenURI|Curl',
    ['ruby'],
  ),
  names(
    NETWORK,
    'http\\.(?:Get|Post|PostForm|Head|NewRequest\\w*|Client|DefaultClient)|net\\.(?:Dial\\w*|Listen\\w*|Lookup\\w*|Resolver)|tls\\.Dial\\w*|rpc\\.\\w+|smtp\\.\\w+|websocket',
    ['go'],
  ),
  names(
    NETWORK,
    'socket|connect|getaddrinfo|gethostbyname|sendto|curl_\\w+|URLDownloadToFile\\w*|InternetOpen\\w*|WSAStartup|WinHttp\\w+',
    NATIVE,
  ),
  names(
    NETWORK,
    'HttpClient|WebClient|WebRequest|HttpWebRequest|TcpClient|UdpClient|Socket|SmtpClient|Dns|RestClient|FtpWebRequest|DownloadString|DownloadFile',
    ['csharp'],
  ),
  rule(
    phrase`script in a page`,
    /<\s*(?:script|iframe|object|embed|svg|base|meta|link|form)\b|\bon(?:error|load|click|mouseover|focus)\s*=|\b(?:innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|srcdoc|document\.write(?:ln)?)\b/gi,
  ),
  rule(
    SAME_OUTCOME,
    /\|\|\s*(?:true|1)\b|&&\s*(?:false|0)\b|\bor\s+True\b|\band\s+False\b|\bif\s{0,40}(?:\(\s{0,40})?(?:true|false|!?[01])\s{0,40}[):{]/gi,
  ),
  rule(
    SWITCHED_OFF,
    /verify\s*=\s*False|rejectUnauthorized['"]?\s*:\s*(?:false|0)|InsecureSkipVerify\s*:\s*true|NODE_TLS_REJECT_UNAUTHORIZED|_create_unverified_context|CERT_NONE|check_hostname\s*=\s*False|VERIFY_NONE|CURLOPT_SSL_VERIFY\w+|ServerCertificate(?:Custom)?Validation\w*|(?:Allow|Accept)All\w*|TrustAll\w*|NoopHostnameVerifier|(?:Null|Allow)HostnameVerifier|csrf_exempt|csrf\(\)\s*\.\s*disable|permitAll\b|PermitAll\b|AllowAnonymous|IgnoreAntiforgeryToken|skip_before_action|skip_forgery_protection|protect_from_forgery\s+with:\s*:null|html_safe|mark_safe|\bautoescape\s*=\s*False|Markup\s*\(|bypassSecurityTrust\w+|shell\s*[=:]\s*True|shell\s*:\s*true|httpOnly\s*[:=]\s*false|secure\s*[:=]\s*false|debug\s*=\s*True|0o?777\b|Access-Control-Allow-Origin|algorithms?['"]?\s*[:=]\s*\[?\s*['"]none['"]|ALLOW_ALL|unsafe-(?:inline|eval)|DisableRequestSizeLimit|ValidateRequest\s*=\s*"?false|\bunsafeHTML\b|resolve_entities\s*=\s*True|LIBXML_NOENT/gi,
  ),
  rule(
    phrase`a comment or annotation that silences a scanner`,
    /\bnosec\b|\bnoqa\b|NOLINT\w*|\bnolint\b|(?:eslint|oxlint|tslint|stylelint|biome|deno-lint|standard|jshint|jslint)[- :](?:disable|ignore)\w*|nosemgrep|SuppressWarnings|SuppressFBWarnings|SuppressMessage|SuppressLint|@Suppress\b|type:\s*ignore|@?ts-(?:ignore|nocheck|expect-error)|\bNOSONAR\b|\blgtm\b|\bcodeql\b|pragma\s+warning|(?:pylint|flake8|mypy|ruff|pyright|bandit)\s*:|rubocop\s*:|phpcs\s*:|phpcsIgnore\w*|codingStandardsIgnore\w*|phpstan-ignore\w*|psalm-suppress|checkov:skip|(?:tfsec|trivy|terrascan|kics|brakeman|devskim|bearer|horusec|snyk|gosec|semgrep|gitleaks|detect-secrets|trufflehog)\s*[:-]\s*(?:ignore|allow|disable|skip)|kics-scan|allowlist\s+secret|whitelist\s+secret|deepcode\s+ignore|noinspection|skipcq|coverity\s*\[|cppcheck-suppress|nopmd|CHECKSTYLE\s*:|spotbugs|istanbul\s+ignore|c8\s+ignore|\bassay\b|\bignore-?(?:line|next-line)\b|disable-(?:line|next-line)/gi,
  ),
  rule(HIDDEN, /(?:\\u+00[4-7][0-9a-f]|\\u\{0{0,6}[4-7][0-9a-f]\}|\\x[4-7][0-9a-f]|\\1[0-7]{2}(?!\d))/gi),
  rule(
    HIDDEN,
    /(?<![\w$])(?:fromCharCode|fromCodePoint|atob|btoa|unescape|decodeURIComponent|b64decode|b32decode|a85decode|unhexlify|fromhex|base64_decode|str_rot13|gzinflate|gzuncompress|hex2bin|convert_uu\w+|Base64|decode64|urlsafe_decode64|FromBase64String|rot_?13|DecodeString|codecs|chr|zlib|pack)\s*[.(]|['"]base64['"]|['"]hex['"]\s*\)/g,
  ),
  // The blocks that we show outlast every fence; other programs that read a comment may not know that.
  rule(phrase`a fence`, /`{3,}|~{3,}/g),
  rule(LONG_RUN, /[A-Za-z0-9+/_=-]{41,}/g),
];
