// How .NET languages use packages of NuGet: by namespace, which often is the beginning of the package's id.
import { allMatches, type EcosystemRules, type FoundImport, NAME_GAP } from './ecosystem.ts';

const DOTTED = new RegExp(
  String.raw`(?<![\w.])(?:global::)?([A-Z]\w*(?:${NAME_GAP}\.${NAME_GAP}[A-Z]\w*)+)`,
  'g',
);
const USING =
  /\b(?:using|open|Imports|namespace)\s+(?:static\s+)?(?:\w+\s*=\s*)?(?:global\s{0,9}::\s{0,9})?([A-Za-z_]\w*(?:\s{0,99}\.\s{0,99}\w+)*)/g;
const REFLECTION =
  /\b(?:Assembly\s{0,99}\.\s{0,99}(?:Load\w*)|Type\s{0,99}\.\s{0,99}GetType|Activator\s{0,99}\.\s{0,99}CreateInstance)\s{0,9}\(\s{0,9}(?!"[^"\n]{1,300}"\s{0,9}[,)])|\.\s{0,9}GetType\s{0,9}\(\s{0,9}(?![\s)"])|\bCreateInstance(?:AndUnwrap|From\w{0,20})\s{0,9}\(/g;
/** What makes objects of types that the data names, or loads all that lies in a folder. */
const BY_DATA =
  /\b(?:BinaryFormatter|NetDataContractSerializer|LosFormatter|SoapFormatter|ObjectStateFormatter|SimpleTypeResolver|TypeNameHandling|AssemblyLoadContext|LoadFromAssembly\w*|CreateInstanceFrom|DirectoryCatalog|AssemblyCatalog)\b/g;

const BY_TOOL =
  /^(?:Microsoft\.(?:AspNetCore|Extensions|EntityFrameworkCore|NET|CodeAnalysis|VisualStudio|Data|Build|ApplicationInsights)|System\.|runtime\.|NETStandard|Npgsql|MySql|Oracle|Pomelo|Serilog|NLog|log4net|Swashbuckle|NuGet|xunit|NUnit|MSTest|coverlet)|\.(?:Analyzers?|Sdk|Runtime|Extensions|Provider|MSBuild|Targets)\b/i;

export const CSHARP: EcosystemRules = {
  ecosystem: 'NuGet',
  sources: /\.(?:cs|csx|fs|fsx|vb|cshtml|razor|xaml|aspx|ascx|config)$/i,
  foreign: /(?:^|\/)(?:packages\/[^/]+\.\d[^/]*|bin\/(?:Debug|Release)|obj|node_modules)\//i,
  tests: /(?:^|\/)[^/]*(?:\.|_|\b)Tests?\/|Tests?\.cs$/,
  tooling: null,
  scan: (text) => ({
    imports: namesIn(text),
    dynamics: [REFLECTION, BY_DATA]
      .flatMap((pattern) => allMatches(text, pattern))
      .map(({ index }) => ({ start: index, prefix: '' })),
  }),
  keyOf: (specifier) => (specifier.split('.', 1)[0] ?? specifier).toLowerCase(),
  covers: (name, specifier) => {
    const wanted = name.toLowerCase();
    const given = specifier.toLowerCase();
    return given === wanted || given.startsWith(`${wanted}.`) || wanted.startsWith(`${given}.`);
  },
  namesOf: (name, rules) => {
    const known = rules.modulesOf('NuGet', name.toLowerCase());
    return known === null ? { names: [name], isGuess: true } : { names: known, isGuess: false };
  },
  wordsOf: (name) => [name],
  loadedByOthers: (name) => (BY_TOOL.test(name) ? 'tool' : null),
};

function namesIn(text: string): FoundImport[] {
  const found = new Map<string, FoundImport>();
  for (const pattern of [USING, DOTTED])
    for (const match of allMatches(text, pattern)) {
      const written = match[1] ?? '';
      const specifier = written.replace(/\/\*[^*]{0,200}\*\/|\s+/g, '');
      const end = match.index + match[0].length;
      if (!found.has(specifier))
        found.set(specifier, { specifier, start: end - written.length, end, isTypeOnly: false });
    }
  return [...found.values()];
}
