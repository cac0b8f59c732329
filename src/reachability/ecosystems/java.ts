// How Java and its sister languages load classes of Maven artifacts: by package prefix, in imports, full names and settings alike.
import {
  allMatches,
  type DynamicLoad,
  type EcosystemRules,
  type FoundImport,
  groupSpan,
} from './ecosystem.ts';

/** Full names begin with a domain; the few packages that do not are found in imports. */
const FULL_NAME =
  /(?<![\w.$])(?:(?:com|org|io|net|javax|jakarta|ch|de|dev|me|cn|co|uk|fr|eu|it|us|nl|edu|gov|info|biz|tech|app|software|oracle|freemarker|redis|okhttp3|okio|retrofit2|reactor|rx|groovy|kotlin|kotlinx|scala|akka|play|ognl|bsh|antlr|lombok|junit|jline|jodd|cz|ru|pl|se|no|fi|jp|br|tv|cc|ai|fun|top|xyz|pro|cloud|cc|liquibase|springfox|feign|dagger|kong|nu|hudson|jenkins|brave|zipkin2|graphql|spark|jregex|javassist|javolution|gnu|sun|mx|ar|at|be|hu|in|is|lt|my|name|nz|ro|sk|to|ua|za|au|ca|es|gr|il|kr|pt|tr|tw|vn)(?:\s{0,99}\.\s{0,99}[A-Za-z_$][\w$]*)+)/dg;
const IMPORT = /\bimport\s+(?:static\s+)?([\w$]+(?:\s{0,9}\.\s{0,9}[\w$]+)+(?:\s{0,9}\.\s{0,9}[*_])?)/dg;
const REFLECTION =
  /\b(?:Class\s*\.\s*forName|loadClass|ServiceLoader\s*\.\s*load|GroovyShell|ScriptEngineManager|findClass|defineClass)\s{0,9}\(\s{0,9}(?!"[^"\n]{1,300}"\s{0,9}[,)])|\bimport\s{1,9}static\s{1,9}java\.lang\.Class\s{0,9}\.\s{0,9}(?:forName|\*)|\bimport\b[^;\n]{0,300}\\u[0-9a-fA-F]{4}/g;

/** What makes objects of classes that the data or an address names: all that is on the class path may be among them. */
const BY_DATA =
  /\b(?:ObjectInputStream|readUnshared|XMLDecoder|XStream|Kryo|Hessian2?Input|InitialContext|LocateRegistry|UnicastRemoteObject|JMXConnectorServerFactory|SerializationUtils|(?:enable|activate)DefaultTyping|DefaultTyping|JsonTypeInfo|setAutoTypeSupport|Class\s{0,9}::\s{0,9}forName|::\s{0,9}(?:loadClass|findClass)|ClassUtils\s{0,9}\.\s{0,9}(?:forName|getClass|resolveClassName)|ClassPathScanning\w{0,40}|ClassGraph|getContextClassLoader|SpelExpressionParser|Ognl\s{0,9}\.\s{0,9}\w+|MVEL\s{0,9}\.\s{0,9}\w+|JexlBuilder|JexlEngine|ELProcessor)\b|\bnew\s{1,9}Yaml\s{0,9}\(\s{0,9}(?:\)|new\s{1,9}Constructor\b)/g;

/** Found on the class path by a framework, a service file or a container, or the framework itself. */
const BY_PRESENCE =
  /^(?:org\.springframework|io\.quarkus|io\.micronaut|io\.helidon|org\.apache\.(?:logging|tomcat|struts|camel|cxf|shiro|activemq|kafka|xmlbeans|xbean|tomee|openjpa|derby|wicket|myfaces|tapestry)|ch\.qos\.|org\.slf4j|log4j|commons-logging|org\.jboss|org\.wildfly|org\.eclipse|org\.glassfish|com\.sun|jakarta|javax|io\.undertow|io\.netty|io\.vertx|io\.dropwizard|org\.hibernate|mysql|org\.postgresql|com\.h2database|org\.hsqldb|org\.xerial|com\.microsoft\.sqlserver|com\.oracle|org\.mariadb|net\.sourceforge\.jtds|org\.bouncycastle|xerces|xalan|org\.apache\.xalan|com\.fasterxml\.woodstox|org\.codehaus\.woodstox|org\.thymeleaf|org\.freemarker|org\.apache\.velocity|org\.flywaydb|org\.liquibase|org\.quartz-scheduler|org\.webjars|org\.aspectj|org\.projectlombok|com\.zaxxer|org\.jolokia|org\.codehaus\.groovy|org\.apache\.groovy|org\.beanshell|org\.owasp\.esapi|org\.keycloak|org\.apache\.httpcomponents)|^com\.fasterxml\.jackson\.(?:datatype|module|dataformat)|-starter|-autoconfigure|-spring-|-extension|-agent|-engine|-provider|-impl\b/;

export const JAVA: EcosystemRules = {
  ecosystem: 'Maven',
  sources:
    /\.(?:java|kts?|scala|groovy|gvy|clj|jspx?|tagx?|xhtml|ftlh?|vm|xml|properties|drl|bpmn|jrxml|sc|aj)$|(?:^|\/)META-INF\/(?:services\/[^/]+|(?:.*\/)?[\w.-]+\.(?:factories|imports|handlers|schemas|provider|binding|components))$/i,
  foreign: /(?:^|\/)(?:node_modules|\.gradle|\.mvn|\.m2)\//,
  tests: /(?:^|\/)src\/(?:\w*[tT]est\w*)\//,
  tooling: /(?:^|\/)(?:pom\.xml|[\w.-]+\.gradle(?:\.kts)?|buildSrc\/.*)$/,
  scan: scanJava,
  keyOf: (specifier) => specifier.split('.', 2).join('.'),
  covers: (name, specifier) =>
    specifier === name || specifier.startsWith(`${name}.`) || `${name}.*`.startsWith(`${specifier}.`),
  namesOf: (name, rules) => {
    const known = rules.modulesOf('Maven', name);
    if (known !== null) return { names: known, isGuess: false };
    const [group = '', artifact = ''] = name.split(':', 2);
    return { names: [...new Set([group, artifact.includes('.') ? artifact : group])], isGuess: true };
  },
  wordsOf: (_, names) => names,
  loadedByOthers: (name) =>
    BY_PRESENCE.test(name.replace(':', ':')) || /-(?:starter|autoconfigure)/.test(name) ? 'tool' : null,
};

function scanJava(text: string, path: string): { imports: FoundImport[]; dynamics: DynamicLoad[] } {
  const imports = new Map<string, FoundImport>();
  const isBuildFile = JAVA.tooling?.test(path) === true;
  const add = (written: string, [start, end]: readonly [number, number]) => {
    const specifier = written.replace(/\s/g, '').replace(/\.[*_]$/, '');
    // Coordinates look like package names.
    if (isBuildFile && /(?:groupId>\s*|['"])$/.test(text.slice(Math.max(0, start - 12), start))) return;
    if (!imports.has(specifier)) imports.set(specifier, { specifier, start, end, isTypeOnly: false });
  };
  for (const match of allMatches(text, IMPORT)) add(match[1] ?? '', groupSpan(match, 1));
  for (const match of allMatches(text, FULL_NAME))
    add(match[0], [match.index, match.index + match[0].length]);
  const dynamics = [REFLECTION, BY_DATA]
    .flatMap((pattern) => allMatches(text, pattern))
    .map(({ index }) => ({ start: index, prefix: '' }));
  return { imports: [...imports.values()], dynamics };
}
