// The time that work costs, whatever else the machine is doing.

/** Milliseconds of processor time that `work` takes; everything else in this process stands still while it runs. */
export async function cpuTimeOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  return process.cpuUsage(before).user / 1_000;
}
