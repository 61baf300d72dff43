import { describe, expect, it } from 'vitest';
import { chosenOf } from './pictures';

const picture = (index: number, id: string) => ({ index, stream: { id } });
const [a, b, c] = [picture(0, 'a'), picture(1, 'b'), picture(2, 'c')];

describe('the picture that is looked at', () => {
  it('is the first one until somebody chooses', () => {
    expect(chosenOf([b, c], null)).toBe(b);
    expect(chosenOf([], null)).toBeNull();
  });

  it('stays the same when a window before it is closed', () => {
    expect(chosenOf([b, c], { id: 'c', index: 2 })).toBe(c);
    // A sender that counts anew must not make it another window either.
    const moved = picture(1, 'c');
    expect(chosenOf([picture(0, 'b'), moved], { id: 'c', index: 2 })).toBe(moved);
  });

  it('becomes the next one when its own window is closed, or the last', () => {
    expect(chosenOf([a, c], { id: 'b', index: 1 })).toBe(c);
    expect(chosenOf([a, b], { id: 'c', index: 2 })).toBe(b);
  });

  it('is what has its place after a new capture', () => {
    const again = picture(1, 'new');
    expect(chosenOf([picture(0, 'newer'), again], { id: 'b', index: 1 })).toBe(again);
  });
});
