import { expect, it } from 'vitest';
import { Addressee, type Addressing } from './addressee';

const now = (some: Partial<Addressing> = {}): Addressing => ({
  enabled: true,
  heldBack: false,
  held: false,
  surface: 0,
  ...some,
});

it('names each surface once', () => {
  const addressee = new Addressee();
  expect(addressee.next(now({ surface: null }))).toBeNull();
  expect(addressee.next(now())).toBe(0);
  expect(addressee.next(now({ held: true }))).toBeNull();
  expect(addressee.next(now({ surface: 2 }))).toBe(2);
  expect(addressee.next(now())).toBe(0);
});

it('names it again for a new link or a new grant', () => {
  const addressee = new Addressee();
  addressee.next(now());
  expect(addressee.next(now({ enabled: false }))).toBeNull();
  expect(addressee.next(now())).toBe(0);
});

it('waits while input is held back, and then says it only to somebody who operates', () => {
  const addressee = new Addressee();
  expect(addressee.next(now({ heldBack: true }))).toBeNull();
  expect(addressee.next(now())).toBe(0);
  addressee.next(now({ heldBack: true }));
  expect(addressee.next(now())).toBeNull(); // the person there works on: nothing is raised over it
  addressee.next(now({ heldBack: true, held: true }));
  expect(addressee.next(now({ held: true }))).toBe(0);
});
