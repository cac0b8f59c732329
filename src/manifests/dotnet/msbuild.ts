// Project files of .NET: PackageReference, central versions, packages.config (https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files).
import type { Place } from '#domain/location.ts';
import { phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { readXml, type XmlElement, type XmlFile } from '../read-xml.ts';
import { folderOf } from '../repository-path.ts';

export interface PlacedVersion {
  readonly text: string;
  readonly place: Place;
}

/** A `PackageReference`, `PackageVersion`, `GlobalPackageReference` or `package`. */
export interface PackageItem {
  readonly kind: string;
  readonly name: string;
  readonly version: PlacedVersion | null;
  /** `VersionOverride`: it goes before the central version. */
  readonly override: PlacedVersion | null;
  /** Only for building: analyzers, tools. */
  readonly isDev: boolean;
  readonly place: Place;
}

export interface BuildFile {
  readonly path: string;
  readonly folder: string;
  readonly properties: ReadonlyMap<string, PlacedVersion>;
  readonly items: readonly PackageItem[];
}

const KINDS = new Set(['PackageReference', 'PackageVersion', 'GlobalPackageReference', 'package']);

/** Null when it cannot be read, which is noted. */
export async function readBuildFile(files: ManifestFiles, path: string): Promise<BuildFile | null> {
  const text = await files.text(path);
  if (text === null) return null;
  const file = readXml(path, text);
  if (file === null) {
    files.note(
      path,
      phrase`${markOutside(path)} is not XML that can be read: plain XML without a document type is.`,
    );
    return null;
  }
  const properties = new Map<string, PlacedVersion>();
  const items: PackageItem[] = [];
  const open: XmlElement[] = [file.root];
  // In the file's order: what stands later goes before.
  for (let element = open.shift(); element !== undefined; element = open.shift()) {
    if (KINDS.has(element.name)) items.push(...(itemOf(file, element) ?? []));
    else if (element.name === 'PropertyGroup')
      for (const property of element.children) {
        const value = textAt(file, property);
        if (value !== null) properties.set(property.name.toLowerCase(), value);
      }
    else open.unshift(...element.children);
  }
  return { path, folder: folderOf(path), properties, items };
}

function itemOf(file: XmlFile, element: XmlElement): PackageItem[] | null {
  const name =
    element.attributes.get('Include') ?? element.attributes.get('Update') ?? element.attributes.get('id');
  if (name === undefined || !/^[\w.-]{1,128}$/.test(name)) return null;
  const versionAt = (key: string): PlacedVersion | null =>
    attributeAt(file, element, key) ?? childAt(file, element, key);
  const assets =
    element.attributes.get('PrivateAssets') ?? childAt(file, element, 'PrivateAssets')?.text ?? '';
  const start = file.source.indexOf(name, element.start);
  return [
    {
      kind: element.name,
      name,
      version: element.name === 'package' ? attributeAt(file, element, 'version') : versionAt('Version'),
      override: versionAt('VersionOverride'),
      isDev: assets.toLowerCase() === 'all' || element.attributes.get('developmentDependency') === 'true',
      place: file.lines.wholeLine(start < 0 ? element.start : start),
    },
  ];
}

function childAt(file: XmlFile, element: XmlElement, name: string): PlacedVersion | null {
  const child = element.children.find((candidate) => candidate.name === name);
  return child === undefined ? null : textAt(file, child);
}

function textAt({ lines }: XmlFile, { text, textStart }: XmlElement): PlacedVersion | null {
  return text === '' || text.length > 512
    ? null
    : { text, place: lines.span(textStart, textStart + text.length) };
}

function attributeAt({ source, lines }: XmlFile, element: XmlElement, key: string): PlacedVersion | null {
  const text = element.attributes.get(key);
  if (text === undefined || text === '' || text.length > 512) return null;
  const tag = source.slice(element.start, element.start + 4_096);
  const found = new RegExp(`\\s${key}\\s*=\\s*["']\\s*`).exec(tag);
  const start = element.start + (found === null ? 0 : found.index + found[0].length);
  return { text, place: lines.span(start, start + text.length) };
}
