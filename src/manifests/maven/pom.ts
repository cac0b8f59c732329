// One pom.xml as it is written (https://maven.apache.org/pom.html).
import type { Place } from '#domain/location.ts';
import { phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { readXml, type XmlElement, type XmlFile, xmlChild, xmlChildren, xmlText } from '../read-xml.ts';
import { folderOf, resolvePath } from '../repository-path.ts';

/** A text with the place it stands at. */
export interface PlacedText {
  readonly text: string;
  readonly place: Place;
}

export interface PomDependency {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: PlacedText | null;
  readonly scope: string | null;
  readonly type: string | null;
  readonly isOptional: boolean;
  /** Id of the profile that brings it in; null: always. */
  readonly profile: string | null;
  /** The line of its artifact's name. */
  readonly place: Place;
}

export interface Pom {
  readonly path: string;
  readonly folder: string;
  readonly groupId: string | null;
  readonly artifactId: string | null;
  readonly version: PlacedText | null;
  readonly parent: {
    readonly groupId: string | null;
    readonly artifactId: string | null;
    readonly version: PlacedText | null;
    /** Where the parent's pom.xml is; null outside of the repository. */
    readonly path: string | null;
  } | null;
  readonly modules: readonly string[];
  readonly properties: ReadonlyMap<string, PlacedText>;
  readonly dependencies: readonly PomDependency[];
  readonly managed: readonly PomDependency[];
}

/** Null when it cannot be read, which is noted. */
export async function readPom(files: ManifestFiles, path: string): Promise<Pom | null> {
  const text = await files.text(path);
  if (text === null) return null;
  const file = readXml(path, text);
  if (file === null || file.root.name !== 'project') {
    files.note(
      path,
      phrase`${markOutside(path)} is no project of Maven that can be read: plain XML without a document type is.`,
    );
    return null;
  }
  const { root } = file;
  const folder = folderOf(path);
  const profiles = xmlChildren(xmlChild(root, 'profiles'), 'profile');
  const parent = xmlChild(root, 'parent');
  const inProfiles = (section: readonly string[]) =>
    profiles.flatMap((profile) =>
      dependenciesIn(file, xmlChild(profile, ...section), xmlText(profile, 'id') ?? ''),
    );
  return {
    path,
    folder,
    groupId: xmlText(root, 'groupId'),
    artifactId: xmlText(root, 'artifactId'),
    version: placed(file, xmlChild(root, 'version')),
    parent:
      parent === undefined
        ? null
        : {
            groupId: xmlText(parent, 'groupId'),
            artifactId: xmlText(parent, 'artifactId'),
            version: placed(file, xmlChild(parent, 'version')),
            path: parentPath(files, folder, xmlChild(parent, 'relativePath')),
          },
    modules: xmlChildren(xmlChild(root, 'modules'), 'module').map((module) => module.text),
    // What a profile sets holds only with it: the pom's own value goes first.
    properties: new Map(
      [...profiles.map((profile) => xmlChild(profile, 'properties')), xmlChild(root, 'properties')].flatMap(
        (section) =>
          (section?.children ?? []).flatMap((property) => {
            const value = placed(file, property);
            return value === null ? [] : [[property.name, value] as const];
          }),
      ),
    ),
    dependencies: [
      ...dependenciesIn(file, xmlChild(root, 'dependencies'), null),
      ...inProfiles(['dependencies']),
    ],
    managed: [
      ...dependenciesIn(file, xmlChild(root, 'dependencyManagement', 'dependencies'), null),
      ...inProfiles(['dependencyManagement', 'dependencies']),
    ],
  };
}

/** `../pom.xml` where nothing is said; an empty `<relativePath/>` means a repository of artifacts. */
function parentPath(files: ManifestFiles, folder: string, element: XmlElement | undefined): string | null {
  if (element !== undefined && element.text === '') return null;
  const resolved = resolvePath(folder, element?.text ?? '../pom.xml');
  if (resolved === null) return null;
  const path =
    resolved === '' || !resolved.endsWith('.xml')
      ? `${resolved === '' ? '' : `${resolved}/`}pom.xml`
      : resolved;
  return files.has(path) ? path : null;
}

function dependenciesIn(
  file: XmlFile,
  section: XmlElement | undefined,
  profile: string | null,
): PomDependency[] {
  return xmlChildren(section, 'dependency').flatMap((element): PomDependency[] => {
    const artifact = xmlChild(element, 'artifactId');
    const groupId = xmlText(element, 'groupId');
    if (artifact === undefined || artifact.text === '' || groupId === null) return [];
    return [
      {
        groupId,
        artifactId: artifact.text,
        version: placed(file, xmlChild(element, 'version')),
        scope: xmlText(element, 'scope'),
        type: xmlText(element, 'type'),
        isOptional: xmlText(element, 'optional') === 'true',
        profile,
        place: file.lines.wholeLine(artifact.textStart),
      },
    ];
  });
}

function placed({ lines }: XmlFile, element: XmlElement | undefined): PlacedText | null {
  if (element === undefined || element.text === '' || element.text.length > 512) return null;
  return {
    text: element.text,
    place: lines.span(element.textStart, element.textStart + element.text.length),
  };
}
