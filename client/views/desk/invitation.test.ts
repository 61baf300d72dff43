import { expect, it } from 'vitest';
import { invitationLink, mailDraft } from './invitation';

it('puts the number into the fragment', () => {
  expect(invitationLink('https://help.example', 'ABCD2345', '12345678')).toBe(
    'https://help.example/c/ABCD2345#12345678',
  );
});

it('escapes a draft so that mail programs keep its lines', () => {
  expect(mailDraft('A & B', 'one\ntwo #3')).toBe('mailto:?subject=A%20%26%20B&body=one%0D%0Atwo%20%233');
});

it('lets an address add nothing to a draft', () => {
  expect(mailDraft('A', 'B', 'x@example.org?bcc=y@example.org&a=b')).toBe(
    'mailto:x%40example.org%3Fbcc%3Dy%40example.org%26a%3Db?subject=A&body=B',
  );
});
