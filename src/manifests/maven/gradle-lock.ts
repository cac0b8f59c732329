// gradle.lockfile: coordinates with the configurations that hold them (https://docs.gradle.org/current/userguide/dependency_locking.html).
import type { DependencyScope } from '#domain/package.ts';
import type { LockNode } from '../draft.ts';
import { placeOfLine } from '../line-index.ts';

const LINE = /^([^:=\s]{1,256}):([^:=\s]{1,256}):([^:=\s]{1,256})=(\S*)\s*$/;

/** It lists all packages and not what needs what. */
export function readGradleLock(path: string, text: string): Map<string, LockNode> {
  const graph = new Map<string, LockNode>();
  for (const [index, raw] of text.split('\n').entries()) {
    const [, group, artifact, version, configurations = ''] =
      raw.length > 16_384 ? [] : (LINE.exec(raw) ?? []);
    if (group === undefined || artifact === undefined || version === undefined) continue;
    const name = `${group}:${artifact}`;
    const key = `${name}@${version}`;
    const scope = path.endsWith('buildscript-gradle.lockfile') ? 'dev' : scopeOf(configurations.split(','));
    graph.set(key, {
      key,
      name,
      version,
      place: placeOfLine(path, index + 1),
      isBundled: false,
      scope,
      edges: [],
    });
  }
  return graph;
}

function scopeOf(configurations: readonly string[]): DependencyScope {
  const runs = (name: string) =>
    /(compile|runtime)Classpath$|^(api|implementation|compile|runtime)$/i.test(name);
  const tests = (name: string) =>
    /^(test|androidTest|integrationTest|functionalTest)|Test(?=[A-Z])/.test(name);
  if (configurations.some((name) => runs(name) && !tests(name))) return 'runtime';
  if (configurations.some(tests)) return 'test';
  return configurations.some((name) =>
    /annotationProcessor|kapt|ksp|checkstyle|pmd|spotbugs|jacoco|detekt|ktlint/i.test(name),
  )
    ? 'dev'
    : 'runtime';
}
