// Adds the version of a package to an XML manifest that holds versions for others: Maven's dependencyManagement, NuGet's central versions.
import { readXml, type XmlElement, xmlChild, xmlChildren } from '../manifests/read-xml.ts';

const PLAIN = /^[A-Za-z0-9_.-]{1,200}$/;

/** @param name `group:artifact` */
export function addManagedDependency(text: string, name: string, version: string): string | null {
  const [group = '', artifact = '', ...more] = name.split(':');
  const root = readXml('pom.xml', text)?.root;
  if (root?.name !== 'project' || more.length > 0 || !PLAIN.test(group) || !PLAIN.test(artifact)) return null;
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /\n([ \t]+)</.exec(text)?.[1] ?? '  ';
  const dependency = (depth: number) =>
    [
      `${unit.repeat(depth)}<dependency>`,
      `${unit.repeat(depth + 1)}<groupId>${group}</groupId>`,
      `${unit.repeat(depth + 1)}<artifactId>${artifact}</artifactId>`,
      `${unit.repeat(depth + 1)}<version>${version}</version>`,
      `${unit.repeat(depth)}</dependency>`,
    ].join(newLine);
  const management = xmlChild(root, 'dependencyManagement');
  const list = xmlChild(management, 'dependencies');
  if (management !== undefined)
    return list === undefined ? null : insertFirst(text, list, newLine + dependency(3));
  const section = [
    `${unit}<dependencyManagement>`,
    `${unit.repeat(2)}<dependencies>`,
    dependency(3),
    `${unit.repeat(2)}</dependencies>`,
    `${unit}</dependencyManagement>`,
  ].join(newLine);
  const before = xmlChild(root, 'dependencies') ?? xmlChild(root, 'build');
  const at = before?.start ?? text.lastIndexOf('</project>');
  return insertLineBefore(text, at, section + newLine);
}

/** A central version is heard for what others bring in only with `CentralPackageTransitivePinningEnabled`. */
export function addCentralVersion(text: string, name: string, version: string): string | null {
  const root = readXml('Directory.Packages.props', text)?.root;
  if (root?.name !== 'Project' || !PLAIN.test(name)) return null;
  const pinned = xmlChildren(root, 'PropertyGroup').some(
    (group) => xmlChild(group, 'CentralPackageTransitivePinningEnabled')?.text.toLowerCase() === 'true',
  );
  const group = xmlChildren(root, 'ItemGroup').find((one) => xmlChildren(one, 'PackageVersion').length > 0);
  const first = xmlChildren(group, 'PackageVersion')[0];
  if (!pinned || group === undefined || first === undefined) return null;
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /[ \t]*$/.exec(text.slice(0, first.start))?.[0] ?? '';
  return insertFirst(
    text,
    group,
    `${newLine}${indent}<PackageVersion Include="${name}" Version="${version}" />`,
  );
}

/** Right behind the opening tag. */
function insertFirst(text: string, element: XmlElement, added: string): string | null {
  const end = text.indexOf('>', element.start);
  if (end < 0 || text[end - 1] === '/') return null;
  return text.slice(0, end + 1) + added + text.slice(end + 1);
}

/** Null where the element does not begin its line. */
function insertLineBefore(text: string, at: number, added: string): string | null {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  if (at < 0 || text.slice(lineStart, at).trim() !== '') return null;
  return text.slice(0, lineStart) + added + text.slice(lineStart);
}
