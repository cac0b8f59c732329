// Platforms D33 to D37, D50 and D51, tried on the emulator.
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { BehaviourWorld } from './behaviour-world.ts';

type Behaviour = (world: BehaviourWorld) => Promise<void>;

const NO_LINE_CODE = '400 Bad request - Note {:line_code=>["can\'t be blank", "must be a valid line code"]}';

async function badAnchors({ gitlab, send, at, refs }: BehaviourWorld): Promise<void> {
  const refused = [
    at({ new_line: 4 }),
    at({ new_line: 15 }),
    at({ new_line: 15, old_line: 15 }),
    at({ new_line: 5, old_line: 5 }),
    at({ old_line: 4 }),
    at({ new_line: 4, old_line: 3 }),
    at({ new_line: 1, old_line: 1 }, 'src/new.js'),
    at({ old_line: 1 }, 'src/new.js'),
    at({ new_line: 1 }, 'none.js'),
    { ...at({ new_line: 2 }, 'src/moved.js') },
  ];
  for (const position of refused) {
    const { status, body } = await send('POST', 'discussions', { body: 'x', position });
    expect([position, status, body]).toEqual([position, 400, { message: NO_LINE_CODE }]);
  }
  const taken = [
    at({ new_line: 5 }),
    at({ old_line: 5 }),
    at({ old_line: 20 }),
    at({ new_line: 4, old_line: 4 }),
    at({ new_line: 30 }),
    at({ new_line: 31, old_line: 31 }),
    at({ new_line: 3 }, 'src/new.js'),
    { ...at({ new_line: 2 }, 'src/moved.js'), old_path: 'src/old.js' },
    { ...refs(), position_type: 'file', old_path: 'src/new.js', new_path: 'src/new.js' },
  ];
  for (const position of taken) {
    const { status, body } = await send('POST', 'discussions', { body: 'x', position });
    expect([position, status]).toEqual([position, 201]);
    expect(body.notes[0]).toMatchObject({ type: 'DiffNote', resolvable: true, position });
  }
  expect(gitlab.discussions()).toHaveLength(taken.length);
  gitlab.switches.conflict = true;
  const conflict = await send('POST', 'discussions', { body: 'x', position: at({ new_line: 5 }) });
  expect([conflict.status, conflict.body]).toEqual([400, { message: NO_LINE_CODE }]);
  expect(gitlab.violations).toEqual([]);
}

async function noLine({ send, at }: BehaviourWorld): Promise<void> {
  const { status, body } = await send('POST', 'discussions', { body: 'x', position: at({}) });
  const message = NO_LINE_CODE.replace(/\}$/, ', :position=>["is incomplete"]}');
  expect([status, body]).toEqual([400, { message }]);
}

async function missingShas({ gitlab, send, at }: BehaviourWorld): Promise<void> {
  const { base_sha: _base, start_sha: _start, ...position } = at({ new_line: 5 });
  const { status, body } = await send('POST', 'discussions', { body: 'x', position });
  expect([status, body]).toEqual([
    400,
    { error: 'position[base_sha] is missing, position[start_sha] is missing' },
  ]);
  expect(gitlab.violations).toHaveLength(1);
}

async function wrongShas({ gitlab, send, at, repository }: BehaviourWorld): Promise<void> {
  const tip = repository.head();
  const wrong = [{ base_sha: tip, start_sha: tip }, { head_sha: '0'.repeat(40) }, { base_sha: 'main' }];
  for (const shas of wrong) {
    const { status, body } = await send('POST', 'discussions', {
      body: 'x',
      position: at({ new_line: 5, ...shas }),
    });
    expect([status, body]).toEqual([500, { message: '500 Internal Server Error' }]);
  }
  expect(gitlab.discussions()).toEqual([]);
}

async function lateDiffRefs({ gitlab, get, refs }: BehaviourWorld): Promise<void> {
  gitlab.switches.diffRefsNullFor = 2;
  const empty = { diff_refs: null, sha: null, changes_count: null };
  expect((await get('')).body).toMatchObject(empty);
  expect((await get('')).body).toMatchObject(empty);
  expect((await get('')).body).toMatchObject({
    iid: 7,
    diff_refs: refs(),
    sha: refs().head_sha,
    changes_count: '4',
  });
}

async function pushes({ gitlab, get, send, at, refs, repository }: BehaviourWorld): Promise<void> {
  const first = refs();
  const post = async (position: unknown): Promise<string> =>
    (await send('POST', 'discussions', { body: 'x', position })).body.id;
  const kept = await post(at({ new_line: 30 }));
  const changed = await post(at({ new_line: 5 }));
  const context = await post(at({ new_line: 31, old_line: 31 }));
  const removed = await post(at({ old_line: 20 }));
  const onFile = await post({
    ...refs(),
    position_type: 'file',
    old_path: 'src/crlf.js',
    new_path: 'src/crlf.js',
  });
  repository.push((git) => {
    const lines = repository.file(repository.head(), 'src/app.js')?.toString() ?? '';
    git.write('src/app.js', `zero\n${lines.replace('five', 'FIVE')}`);
  });
  expect(refs().head_sha).not.toBe(first.head_sha);
  const notes = async (id: string) => (await get(`discussions/${id}`)).body.notes;
  expect((await notes(kept))[0].position).toMatchObject({ ...refs(), new_line: 31, old_line: null });
  expect((await notes(context))[0].position).toMatchObject({ ...refs(), new_line: 32, old_line: 31 });
  expect((await notes(removed))[0].position).toMatchObject({ ...refs(), new_line: null, old_line: 20 });
  expect((await notes(onFile))[0].position).toMatchObject({ ...refs(), position_type: 'file' });
  const [note, told] = await notes(changed);
  expect(note.position).toMatchObject({ ...first, new_line: 5 });
  expect(told).toMatchObject({ system: true, resolvable: false });
  expect(gitlab.people.note(changed).changePosition).toMatchObject({
    head_sha: refs().head_sha,
    old_line: 5,
    new_line: null,
  });
  const late = await send('POST', 'discussions', {
    body: 'x',
    position: { ...at({ new_line: 30 }), ...first },
  });
  expect(late.body.notes[0].position).toMatchObject({ ...refs(), new_line: 31 });
  repository.retarget('release', 'main');
  expect(gitlab.people.note(kept).position).toMatchObject({ ...refs(), new_line: 31 });
}

async function forms({ gitlab, send, at }: BehaviourWorld): Promise<void> {
  const code = (line: string): string => `${createHash('sha1').update('src/new.js').digest('hex')}_0_${line}`;
  const form = new FormData();
  form.set('body', 'as a form');
  for (const [key, value] of Object.entries(at({ new_line: 3 }, 'src/new.js'))) {
    form.set(`position[${key}]`, String(value));
  }
  form.set('position[old_line]', '');
  for (const [end, line] of [
    ['start', '1'],
    ['end', '3'],
  ] as const) {
    form.set(`position[line_range][${end}][line_code]`, code(line));
    form.set(`position[line_range][${end}][type]`, 'new');
  }
  const posted = await send('POST', 'discussions', form);
  expect(posted.status).toBe(201);
  expect(posted.body.notes[0]).toMatchObject({
    body: 'as a form',
    position: { new_line: 3, old_line: null },
  });
  const urlEncoded = new URLSearchParams({ body: 'answer' });
  expect((await send('POST', `discussions/${posted.body.id}/notes`, urlEncoded)).status).toBe(201);
  const json = { body: 'as JSON', position: at({ new_line: '2' }, 'src/new.js') };
  expect((await send('POST', 'discussions', json)).body.notes[0].position.new_line).toBe(2);
  expect(gitlab.violations).toEqual([]);
}

export const BEHAVIOURS_OF_POSITIONS: Readonly<Record<number, Behaviour>> = {
  33: badAnchors,
  34: noLine,
  35: missingShas,
  36: wrongShas,
  37: lateDiffRefs,
  50: pushes,
  51: forms,
};
