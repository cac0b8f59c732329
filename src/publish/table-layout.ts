// How the verdict table is laid out: what its parts share.
import type { Messages } from './messages/en.ts';
import type { Paint } from './terminal-style.ts';

/** What one part of the table needs to lay itself out. */
export interface Layout {
  readonly width: number;
  readonly placeColumns: number;
  readonly paint: Paint;
  readonly messages: Messages;
}
