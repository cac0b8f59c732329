// Lists of CWE numbers that the tree and the cards must know.

export const TOP_25_2024 = [
  79, 787, 89, 352, 22, 125, 78, 416, 862, 434, 94, 20, 77, 287, 269, 502, 200, 863, 918, 119, 476, 798, 190,
  400, 306,
];

export const TOP_25_2025 = [
  79, 89, 352, 862, 787, 22, 416, 125, 78, 94, 120, 434, 476, 121, 502, 122, 863, 20, 284, 200, 306, 918, 77,
  639, 770,
];

/** The contract's "misuse" weaknesses. */
export const MISUSE = [259, 295, 321, 326, 327, 328, 330, 338, 347, 614, 798, 1004];

export const PILLARS = [284, 435, 664, 682, 691, 693, 697, 703, 707, 710];
