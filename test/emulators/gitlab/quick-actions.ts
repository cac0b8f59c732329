// Lines of a note that GitLab runs as commands instead of showing them (platforms D43).

const COMMANDS = new Set(
  `approve assign assign_reviewer award child_of clear_weight close confidential convert_to_ticket copy_metadata create_merge_request
  done draft due duplicate epic estimate health_status iteration label link lock merge milestone move page parent promote publish
  ready reassign reassign_reviewer rebase relabel remove_due_date remove_estimate remove_milestone remove_parent remove_time_spent
  remove_zoom reopen request_changes request_review restore severity shrug spend spent spend_time submit_review subscribe tableflip
  target_branch tag timeline title todo unapprove unassign unassign_reviewer unlabel unlink unlock unsubscribe weight zoom`.split(
    /\s+/,
  ),
);

export interface ReadNote {
  /** Without the lines that were run, and without white space at its end. */
  readonly text: string;
  readonly commands: readonly string[];
}

/** Fenced code is left alone; everything else that begins a line with a known command is run. */
export function extractQuickActions(body: string): ReadNote {
  const kept: string[] = [];
  const commands: string[] = [];
  let fence: string | null = null;
  for (const line of body.split('\n')) {
    const bare = line.replace(/\r$/, '');
    const opening: string | undefined = /^ {0,3}(`{3,}|~{3,})/.exec(bare)?.[1];
    if (fence === null && opening !== undefined) fence = opening;
    else if (fence !== null && closes(bare, fence)) fence = null;
    else if (fence === null) {
      const name = /^\/([A-Za-z_]+)(?=\s|$)/.exec(bare)?.[1];
      if (name !== undefined && COMMANDS.has(name.toLowerCase())) {
        commands.push(bare);
        continue;
      }
    }
    kept.push(line);
  }
  return { text: kept.join('\n').trimEnd(), commands };
}

function closes(line: string, fence: string): boolean {
  const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
  return closing !== undefined && closing[0] === fence[0] && closing.length >= fence.length;
}
