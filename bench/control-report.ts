/** What the benchmark `control` says to people: where the time of an input goes, and how sure the ratios are. */
import type { Contender, Taken } from './control';
import { INPUTS, type Sample } from './control-samples';
import { median, type Ratio } from './stats';

const STAGES: [keyof Sample, string][] = [
  ['page', 'page: event → sent'],
  ['inject', 'sent → at the X server'],
  ['deliver', '→ handled by the program'],
  ['paint', '→ painted by it'],
  ['send', '→ captured, encoded, arrived'],
  ['show', '→ on the display'],
  ['decode', '   of these the decoder'],
  ['total', 'from end to end'],
];

const BUDGETS: Partial<Record<Contender, number>> = { bare: 1.3 };

/** Medians of each stage over keys and clicks; medians do not add up to the median of the whole. */
export function printStages(scene: string, taken: Taken, contenders: Contender[]): void {
  const medianOf = (contender: Contender, stage: keyof Sample) => {
    const times = INPUTS.flatMap((input) => taken[contender][input]).map((sample) => sample[stage]);
    const known = times.filter((time) => !Number.isNaN(time));
    return known.length === 0 ? '—' : median(known).toFixed(1);
  };
  console.log(`${scene}, medians in ms`);
  console.table(
    Object.fromEntries(
      STAGES.map(([stage, title]) => [
        title,
        Object.fromEntries(contenders.map((contender) => [contender, medianOf(contender, stage)])),
      ]),
    ),
  );
}

export function printRatio(scene: string, other: Contender, { ratio, low, high }: Ratio): void {
  const budget = BUDGETS[other];
  const verdict =
    budget === undefined ? '' : ratio <= budget ? `, within ${budget}` : `, over the budget of ${budget}`;
  const between = `95 % between ${low.toFixed(2)} and ${high.toFixed(2)}`;
  console.log(`${scene}: product / ${other} ${ratio.toFixed(2)}, ${between}${verdict}`);
}
