import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PICTURE_BYTES } from '../../shared/protocol/embed';
import { gif, movingWebp, png, webp } from '../testing/pictures';
import { checkPicture, MAX_FRAMES } from './picture-check';

const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="468" height="60"/>');

describe('a picture', () => {
  it.each([
    ['gif', gif],
    ['png', png],
    ['webp', webp],
  ] as const)('is known by its content: %s', (type, make) => {
    expect(checkPicture(make(468, 60), 'banner')).toEqual({ type, width: 468, height: 60 });
    expect(checkPicture(make(122, 132), 'logo')).toEqual({ type, width: 122, height: 132 });
    expect(checkPicture(make(180, 56), 'button')).toEqual({ type, width: 180, height: 56 });
  });

  it('has exactly the size of its slot, or the found size is named (RS-33, RS-34)', () => {
    expect(checkPicture(gif(500, 60), 'banner')).toEqual({ fault: 'size', found: '500x60' });
    expect(checkPicture(gif(60, 468), 'banner')).toEqual({ fault: 'size', found: '60x468' });
    expect(checkPicture(png(244, 264), 'logo')).toEqual({ fault: 'size', found: '244x264' });
    expect(checkPicture(webp(601, 20), 'button')).toEqual({ fault: 'size', found: '601x20' });
  });

  it('that would swell is refused by what it declares', () => {
    expect(checkPicture(png(50_000, 50_000), 'button')).toEqual({ fault: 'size', found: '50000x50000' });
    expect(checkPicture(gif(65_535, 65_535), 'button')).toEqual({ fault: 'size', found: '65535x65535' });
    expect(checkPicture(gif(100, 100, MAX_FRAMES), 'button')).toMatchObject({ type: 'gif' });
    expect(checkPicture(gif(100, 100, MAX_FRAMES + 1), 'button')).toEqual({ fault: 'animated' });
    expect(checkPicture(movingWebp(100, 100, 3), 'button')).toMatchObject({ type: 'webp' });
    expect(checkPicture(movingWebp(100, 100, MAX_FRAMES + 1), 'button')).toEqual({ fault: 'animated' });
    const swelling = png(100, 100, [['zTXt', Buffer.alloc(70_000)]]);
    expect(checkPicture(swelling, 'button')).toEqual({ fault: 'type' });
    expect(checkPicture(Buffer.alloc(MAX_PICTURE_BYTES + 1), 'button')).toEqual({ fault: 'bytes' });
  });

  it('whose frames leave its screen is refused', () => {
    const picture = gif(100, 100);
    picture.writeUInt16LE(60_000, 13 + 6 + 5); // the first picture's width
    expect(checkPicture(picture, 'button')).toEqual({ fault: 'type' });
  });

  it('is whole, with nothing behind it', () => {
    for (const whole of [gif(468, 60), png(468, 60), webp(468, 60)]) {
      expect(checkPicture(whole.subarray(0, -1), 'banner')).toEqual({ fault: 'type' });
      const longer = Buffer.concat([whole, Buffer.from('<script>alert(1)</script>')]);
      expect(checkPicture(longer, 'banner')).toEqual({ fault: 'type' });
    }
  });

  it('is none of these: SVG, HTML, JPEG, nothing', () => {
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]);
    for (const other of [SVG, Buffer.from('<html>'), jpeg, Buffer.alloc(0), Buffer.from('GIF89a')]) {
      expect(checkPicture(other, 'banner')).toEqual({ fault: 'type' });
    }
  });

  it('of any bytes at all is judged, never thrown at', () => {
    const starts = [gif(20, 20), png(20, 20), webp(20, 20), movingWebp(20, 20, 2)];
    const damaged = fc
      .tuple(fc.constantFrom(...starts), fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 8 }))
      .map(([start, changes]) => {
        const bytes = Buffer.from(start);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 400 })), (bytes) => {
        const checked = checkPicture(bytes, 'button');
        expect('fault' in checked || checked.width <= 600).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
