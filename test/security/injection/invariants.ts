// Every invariant that the corpus names, and those that hold of all of it.
import type { Invariant } from './compared.ts';
import {
  changeReported,
  findingListed,
  gateUnchanged,
  noCrossFinding,
  onlyFromBase,
  permissionChecked,
  schemaReject,
  severityFloor,
  verdictCeiling,
  verdictFloor,
  wasHeard,
} from './decisions.ts';
import {
  bounded,
  budgetEnforced,
  delimiterSafe,
  flagged,
  inert,
  markerAuthenticated,
  metadataWithheld,
  noInvisible,
  noNetwork,
  noPollution,
  noSecret,
  noTableNoPage,
  notFlagged,
  noWorkflowCommand,
  patchAllowlist,
  pathChecked,
  rendersReadably,
  unread,
} from './exits.ts';

/** Every name that the corpus uses. */
export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  verdict_floor: verdictFloor,
  verdict_ceiling: verdictCeiling,
  severity_floor: severityFloor,
  gate_unchanged: gateUnchanged,
  no_cross_finding: noCrossFinding,
  finding_listed: findingListed,
  ...Object.fromEntries(
    [
      ...['no_live_link', 'no_live_image', 'no_html', 'no_mention', 'no_issue_reference'],
      ...['no_slash_command', 'payload_inert', 'fence_safe'],
    ].map((name) => [name, inert]),
  ),
  delimiter_safe: delimiterSafe,
  no_secret: noSecret,
  no_workflow_command: noWorkflowCommand,
  no_control_chars: noInvisible,
  no_invisible: noInvisible,
  flagged,
  not_flagged: notFlagged,
  renders_readably: rendersReadably,
  no_network: noNetwork,
  no_exec: noNetwork,
  path_checked: pathChecked,
  purl_checked: unread,
  advisory_facts_from_db: unread,
  context_bounded: bounded,
  bounded_output: bounded,
  reason_bounded: bounded,
  budget_enforced: budgetEnforced,
  schema_reject: schemaReject,
  patch_allowlist: patchAllowlist,
  patch_minimal: patchAllowlist,
  waiver_only_from_base: onlyFromBase,
  config_only_from_base: onlyFromBase,
  change_reported: changeReported,
  no_pollution: noPollution,
  csv_safe: noTableNoPage,
  csp_present: noTableNoPage,
  marker_authenticated: markerAuthenticated,
  metadata_withheld: metadataWithheld,
  author_permission_checked: permissionChecked,
};

/** What holds of every case, whatever it names. */
export const ALWAYS: readonly Invariant[] = [
  ...[wasHeard, verdictFloor, severityFloor, gateUnchanged, noCrossFinding, findingListed],
  ...[inert, noSecret, noWorkflowCommand, noInvisible, noNetwork, pathChecked, patchAllowlist, onlyFromBase],
  ...[bounded, noPollution, noTableNoPage, markerAuthenticated],
];

/** The same for runs that read from a real repository. */
export const HOST_ALWAYS: readonly Invariant[] = ALWAYS.filter((invariant) => invariant !== pathChecked);
