// Why a file could not be written, told to a person by the code that the system gave.
import { AssayError } from '#domain/errors.ts';

/** An AssayError `output`; `folder` is what the user called the folder. */
export function explainDiskFault(
  cause: unknown,
  { folder, name }: { folder: string; name: string },
): AssayError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  const file = `${folder}/${name}`;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new AssayError('output', `${file} cannot be written: access is denied.`, {
        hint: 'Make the folder writable, or name another one with --out.',
        cause,
      });
    case 'ENOENT':
      return new AssayError('output', `${file} cannot be written: no folder can be made there.`, {
        hint: 'Name another folder with --out.',
        cause,
      });
    case 'ENOSPC':
    case 'EDQUOT':
      return new AssayError('output', `${file} cannot be written: the disk is full.`, {
        hint: 'Make room, or name a folder on another disk with --out.',
        cause,
      });
    case 'EEXIST':
    case 'ENOTDIR':
      return new AssayError('output', `${folder} cannot be made a folder: a file is in the way.`, {
        hint: 'Move that file, or name another folder with --out.',
        cause,
      });
    case 'EISDIR':
      return new AssayError('output', `${file} cannot be written: a folder of that name is in the way.`, {
        hint: 'Move that folder, or name another one with --out.',
        cause,
      });
    default:
      return new AssayError(
        'output',
        `${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
        {
          cause,
        },
      );
  }
}
