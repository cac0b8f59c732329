import { describe, expect, it } from 'vitest';
import { PackageAssets } from '#adapters/local/package-assets.ts';
import type { CheckedClaim, Claim } from '#domain/claim.ts';
import { type Catalog, loadCatalog } from '#evidence/catalog.ts';
import { createKnownApis } from '#evidence/known-apis.ts';
import { dismissingClaims, provingClaims } from '#triage/model/opening-claims.ts';
import { TONGUES, type Tongue } from './program.ts';
import { aClaim, aScene } from './scene.ts';

let shared: Promise<Catalog> | null = null;
const catalogue = (): Promise<Catalog> => {
  shared ??= loadCatalog(new PackageAssets());
  return shared;
};

const CWE = [89];

async function checked(
  path: string,
  text: string,
  claims: readonly Claim[],
): Promise<readonly CheckedClaim[]> {
  const scene = aScene({ [path]: text }, { cwe: CWE });
  const apis = createKnownApis(scene.dossier.case.finding, await catalogue());
  return scene.check(claims, { apis });
}

/** The claims' outcomes, and whether they would dismiss. */
async function outcomeOf(
  tongue: Tongue,
  { body, beside = [], claims }: Told,
): Promise<{ readonly dismisses: boolean; readonly said: readonly string[] }> {
  const text = tongue.program(body, beside);
  for (const { quote } of claims)
    for (const line of quote.split('\n')) expect(text, 'the quote stands there').toContain(line.trim());
  const all = await checked(tongue.path, text, claims);
  return {
    dismisses: dismissingClaims(all, CWE).length > 0,
    said: all.map(({ kind, outcome, why }) => `${kind} ${outcome}: ${why}`),
  };
}

interface Told {
  readonly body: readonly string[];
  readonly beside?: readonly string[];
  readonly claims: readonly Claim[];
}

type Tale = (tongue: Tongue) => Told | null;

const sanitizer = (tongue: Tongue, quote: string): Claim => aClaim('sanitizer', quote, tongue.numberCall);
const guard = (tongue: Tongue, quote: string, word = 'name'): Claim =>
  aClaim('guard', quote, tongue.name(word));

/** A helper, called with the request's value, whose result is what is queried; claims cite its call and lines in it. */
const through = (
  tongue: Tongue,
  lines: readonly string[],
  claims: readonly Claim[],
  words: readonly string[] = ['name'],
): Told => ({
  beside: [tongue.helper('clean', words, lines)],
  body: [
    tongue.call(
      'given',
      'clean',
      words.map((word) => tongue.read(word)),
    ),
    tongue.query(tongue.name('given')),
  ],
  claims,
});

/** Identity by the caller's eyes: nobody can be sure what these give back. */
const ALIASED = new Set(['ruby']);
/** Its helper for numbers has two results of its own. */
const isGo = (tongue: Tongue): boolean => tongue.path.endsWith('.go');

const HONEST: Readonly<Record<string, Tale>> = {
  'a sanitizer of the value': (t) => {
    const line = t.number('id', t.read('id'));
    return { body: [line, t.query(t.name('id'))], claims: [sanitizer(t, line)] };
  },
  'a sanitizer of a variable': (t) => {
    const line = t.number('id', t.name('raw'));
    return {
      body: [t.declare('raw', t.read('id')), line, t.query(t.name('id'))],
      claims: [sanitizer(t, line)],
    };
  },
  'a guard': (t) => {
    const line = t.guard('name');
    return {
      body: [t.declare('name', t.read('name')), line, t.query(t.name('name'))],
      claims: [guard(t, line)],
    };
  },
  'a constant of the function': (t) => {
    const line = t.declare('label', '"users"');
    return { body: [line, t.query(t.name('label'))], claims: [aClaim('constant', line, t.name('label'))] };
  },
  'a constant of the file': (t) => {
    // A global of PHP belongs to every file, and no function sees it.
    if (t.path.endsWith('.php')) return null;
    const word = t.path.endsWith('.rb') ? 'LABEL' : 'label';
    const line = t.constant(word, 'users');
    return { beside: [line], body: [t.query(word)], claims: [aClaim('constant', line, word)] };
  },
  'a safe form of the call': (t) => {
    const line = t.safe(t.read('id'));
    return line === null ? null : { body: [line], claims: [aClaim('safe_api', line, t.safeCall)] };
  },
  'a helper that checks what it gives back': (t) =>
    ALIASED.has(languageOf(t))
      ? null
      : through(t, [t.guardInside('name'), t.back(t.name('name'))], [guard(t, t.guardInside('name'))]),
  'a helper that cleans what it gives back': (t) =>
    isGo(t)
      ? null
      : through(t, [t.back(t.numberOf(t.name('name')))], [sanitizer(t, t.back(t.numberOf(t.name('name'))))]),
};

function languageOf(tongue: Tongue): string {
  return Object.entries(TONGUES).find(([, one]) => one === tongue)?.[0] ?? '';
}

const DISHONEST: Readonly<Record<string, Tale>> = {
  'a sanitizer of another variable': (t) => {
    const line = t.number('other', t.read('other'));
    return {
      body: [t.declare('name', t.read('name')), line, t.query(t.name('name'))],
      claims: [sanitizer(t, line)],
    };
  },
  'a sanitizer after the query': (t) => {
    const line = t.number('id', t.name('name'));
    return {
      body: [t.declare('name', t.read('name')), t.query(t.name('name')), line],
      claims: [sanitizer(t, line)],
    };
  },
  'an escape for another context': (t) => {
    const line = t.html('name', t.read('name'));
    return { body: [line, t.query(t.name('name'))], claims: [aClaim('sanitizer', line, t.htmlCall)] };
  },
  'a sanitized value that is read anew': (t) => {
    const line = t.number('id', t.read('id'));
    return {
      body: [line, t.assign('id', t.read('id')), t.query(t.name('id'))],
      claims: [sanitizer(t, line)],
    };
  },
  'a function of its own under the name of a known sanitizer': (t) => {
    if (t.impostor === '') return null;
    const line = t.number('id', t.read('id'));
    return { beside: [t.impostor], body: [line, t.query(t.name('id'))], claims: [sanitizer(t, line)] };
  },
  'a sanitizer in a comment': (t) => {
    const line = t.comment(t.number('name', t.read('name')));
    return {
      body: [t.declare('name', t.read('name')), line, t.query(t.name('name'))],
      claims: [sanitizer(t, line)],
    };
  },
  'a sanitizer in a helper that nobody calls': (t) => {
    const line = t.back(t.numberOf(t.name('name')));
    return {
      beside: [t.helper('clean', ['name'], [line])],
      body: [t.declare('name', t.read('name')), t.query(t.name('name'))],
      claims: [sanitizer(t, line)],
    };
  },
  'one sanitized value of two': (t) => {
    const line = t.number('id', t.read('id'));
    return {
      body: [
        line,
        t.declare('name', t.read('name')),
        t.query(t.name('id')).replace(t.name('id'), t.name('name')),
      ],
      claims: [sanitizer(t, line)],
    };
  },
  'a guard after the query': (t) => {
    const line = t.guard('name');
    return {
      body: [t.declare('name', t.read('name')), t.query(t.name('name')), line],
      claims: [guard(t, line)],
    };
  },
  'a guard on another variable': (t) => {
    const line = t.guard('other');
    return {
      body: [
        t.declare('name', t.read('name')),
        t.declare('other', t.read('other')),
        line,
        t.query(t.name('name')),
      ],
      claims: [guard(t, line, 'other')],
    };
  },
  'a guarded value that is read anew': (t) => {
    const line = t.guard('name');
    return {
      body: [
        t.declare('name', t.read('name')),
        line,
        t.assign('name', t.read('name')),
        t.query(t.name('name')),
      ],
      claims: [guard(t, line)],
    };
  },
  'a guard that goes on': (t) => {
    const line = t.look('name');
    return {
      body: [t.declare('name', t.read('name')), line, t.query(t.name('name'))],
      claims: [guard(t, line)],
    };
  },
  'a guard in a comment': (t) => {
    const line = t.comment(t.guard('name').split('\n')[0] ?? '');
    return {
      body: [t.declare('name', t.read('name')), line, t.query(t.name('name'))],
      claims: [guard(t, line)],
    };
  },
  'a guard in a helper that nobody calls': (t) => {
    const line = t.guardInside('name');
    return {
      beside: [t.helper('clean', ['name'], [line, t.back(t.name('name'))])],
      body: [t.declare('name', t.read('name')), t.query(t.name('name'))],
      claims: [guard(t, line)],
    };
  },
  'a constant that is not what is queried': (t) => {
    const line = t.declare('label', '"users"');
    return {
      body: [line, t.declare('name', t.read('name')), t.query(t.name('name'))],
      claims: [aClaim('constant', line, t.name('label'))],
    };
  },
  'a constant that is overwritten': (t) => {
    const line = t.declare('label', '"users"');
    return {
      body: [line, t.assign('label', t.read('label')), t.query(t.name('label'))],
      claims: [aClaim('constant', line, t.name('label'))],
    };
  },
  'a safe form that is none': (t) => {
    const line = t.query(t.read('name'));
    return {
      body: [line],
      claims: [aClaim('safe_api', line, t.safeCall === 'where' ? 'find_by_sql' : t.safeCall)],
    };
  },
  'a helper that gives back what it got': (t) =>
    through(
      t,
      [t.back(t.name('name'))],
      [aClaim('sanitizer', t.call('given', 'clean', [t.read('name')]), 'clean')],
    ),
  'a helper that looks, but goes on': (t) =>
    through(t, [t.lookInside('name'), t.back(t.name('name'))], [guard(t, t.lookInside('name'))]),
  'a helper that checks another parameter': (t) =>
    through(
      t,
      [t.guardInside('other'), t.back(t.name('name'))],
      [guard(t, t.guardInside('other'), 'other')],
      ['name', 'other'],
    ),
  'a helper that changes the value after the check': (t) =>
    through(
      t,
      [t.guardInside('name'), t.assign('name', t.name('other')), t.back(t.name('name'))],
      [guard(t, t.guardInside('name'))],
      ['name', 'other'],
    ),
  'a helper that checks after it gave the value back': (t) =>
    through(
      t,
      [
        ...(t.path.endsWith('.rb')
          ? ['return name if name']
          : t.path.endsWith('.py')
            ? ['if name:\n    return name']
            : [`if (${t.name('name')} != "x") { ${t.back(t.name('name'))} }`]),
        t.guardInside('name'),
        t.back(t.name('name')),
      ],
      [guard(t, t.guardInside('name'))],
    ),
  'a helper whose result is not what is queried': (t) => {
    const line = t.guardInside('name');
    return {
      beside: [t.helper('clean', ['name'], [line, t.back(t.name('name'))])],
      body: [
        t.declare('raw', t.read('name')),
        t.call('given', 'clean', [t.read('other')]),
        t.query(t.name('raw')),
        t.query(t.name('given')).replace('HERE', ''),
      ],
      claims: [guard(t, line)],
    };
  },
};

describe.each(Object.entries(TONGUES))('in %s', (_, tongue) => {
  const told = (tales: Readonly<Record<string, Tale>>): [string, Told][] =>
    Object.entries(tales).flatMap(([name, tale]): [string, Told][] => {
      const one = tale(tongue);
      return one === null ? [] : [[name, one]];
    });

  it.each(told(HONEST))('%s dismisses', async (_name, tale) => {
    const { dismisses, said } = await outcomeOf(tongue, tale);
    expect(dismisses, said.join('\n')).toBe(true);
  });

  it.each(told(DISHONEST))('%s dismisses nothing', async (_name, tale) => {
    const { dismisses, said } = await outcomeOf(tongue, tale);
    expect(dismisses, said.join('\n')).toBe(false);
  });

  it('a source that reaches the query proves, and one that does not proves nothing', async () => {
    const [source, other] = [t0(tongue, 'name'), t0(tongue, 'other')];
    const query = tongue.query(tongue.name('name'));
    const text = tongue.program([source, other, query], []);
    const claimOf = (quote: string) => aClaim('source', quote, tongue.source);
    const all = await checked(tongue.path, text, [claimOf(source), claimOf(other)]);
    expect(
      all.map(({ outcome }) => outcome),
      all.map(({ why }) => why).join('\n'),
    ).toEqual(['opens', 'holds']);
    expect(provingClaims(all)).toHaveLength(1);
  });
});

function t0(tongue: Tongue, word: string): string {
  return tongue.declare(word, tongue.read(word));
}
