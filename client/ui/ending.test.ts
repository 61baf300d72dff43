import { expect, it } from 'vitest';
import { END_REASONS } from '../../shared/protocol/common';
import desk from '../i18n/en/desk';
import session from '../i18n/en/session';
import { adviceAfter } from '../views/customer/advice';
import { endingOf } from './ending';

const cases = END_REASONS.flatMap((reason) =>
  (['operator', 'customer', 'server'] as const).map((by) => [reason, by] as const),
);

it.each(cases)('%s by %s is explained on both sides', (reason, by) => {
  const key = `why.${endingOf(reason, by)}`;
  expect(session).toHaveProperty([key]);
  expect(desk).toHaveProperty([key]);
  expect(adviceAfter(reason, by).length).toBeGreaterThan(0);
});
