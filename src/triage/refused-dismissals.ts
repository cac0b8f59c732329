// Weaknesses that some kinds of dismissal cannot touch: data, with the reason for each group.

/**
 * Misuse CWEs: the constant itself may be the weakness, so "every argument is constant" never dismisses them
 * (contracts.md names 259, 295, 321, 326, 327, 328, 330, 338, 347, 614, 798, 1004; the rest are their relatives in the CWE tree).
 */
export const MISUSE_WEAKNESSES: ReadonlySet<number> = new Set([
  // Secrets and credentials in the text.
  ...[256, 257, 258, 259, 260, 261, 312, 313, 318, 321, 522, 540, 547, 615, 798, 1391, 1392, 1393, 1394],
  // Certificates, signatures, origins, disabled verification.
  ...[295, 296, 297, 298, 299, 300, 322, 345, 346, 347, 353, 354, 370, 494, 599, 757],
  // Weak or wrongly used cryptography, hashes, keys, initialisation vectors.
  ...[310, 319, 320, 323, 324, 325, 326, 327, 328, 329, 759, 760, 780, 916, 1204, 1240],
  // Randomness.
  ...[330, 331, 332, 333, 334, 335, 336, 337, 338, 339, 340, 341, 342, 343, 344, 1241],
  // Cookies, sessions, cross-origin and framing rules, forgery protection.
  ...[311, 315, 352, 539, 613, 614, 693, 942, 1004, 1021, 1275],
  // Permissions, defaults, debug switches, weak policies.
  ...[250, 266, 269, 276, 277, 278, 279, 281, 284, 306, 377, 378, 379, 489, 521, 668, 732, 862, 1188, 1327],
  // Parser features switched by constants, calls that are wrong whatever their arguments are.
  ...[242, 477, 611, 676, 776],
]);

/** A secret in the text leaks whether or not the code runs, so a dead branch proves nothing about it. */
export const TEXT_WEAKNESSES: ReadonlySet<number> = new Set([
  256, 257, 258, 259, 260, 261, 312, 313, 321, 522, 540, 547, 615, 798, 1391, 1392, 1393, 1394,
]);
