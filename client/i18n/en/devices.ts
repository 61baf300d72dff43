/** The administrator's page about the browsers of the staff. */
export default {
  intro:
    'An approved browser can read chats and messages and speak for its operator there. Everything else works without approval.',
  pictures: 'Pictures of this browser',
  picturesOf: 'Pictures of {{device}} of {{name}}',
  of: '{{name}} – {{device}}',
  thisOne: 'This browser',
  'role.administrator': 'Administrator',
  'role.operator': 'Operator',
  asked: 'Asked {{time}}',
  since: 'Approved {{time}}',
  seen: 'Last seen {{time}}',
  checking: 'Checking the request…',
  cancel: 'Cancel',
  distrust:
    'The server’s information does not fit the tenant’s key, so nothing was approved. Somebody may have changed the server. Please do not approve anything here before this is cleared up.',
  conflict: 'The device has changed in the meantime. The list shows how it stands now.',

  'own.heading': 'This browser cannot approve by itself yet',
  'own.approved': 'This browser is approved and can approve others.',
  'own.locked': 'With the release key it can: the one that was shown once, at set-up.',
  'own.unlocked': 'Until this page is closed you can approve with the release key that you entered.',
  'own.revoked': 'The approval of this browser was taken back.',
  'own.storage':
    'This browser stores no site data, so it cannot be approved itself. With the release key you can approve others.',
  'own.distrust':
    'What the server says about this browser’s approval is not signed by your tenant. It is not used. The release key makes a new approval.',
  'own.other': 'Or ask another browser of the administrator that is approved already.',
  'own.ask': 'Ask another browser',
  'own.pending':
    'This browser has asked to be approved. Another approved browser of the administrator shows it on this page with the same four pictures:',

  'key.label': 'Release key',
  'key.hint':
    'Eight groups of four characters. It is used in this browser only and never sent to the server.',
  'key.remember': 'Approve this browser too, so that the release key is not needed here again',
  'key.use': 'Use the release key',
  'key.incomplete': 'A release key has eight groups of four letters and digits.',
  'key.wrong': 'This is not the release key of this installation.',
  'key.opened': 'You can approve devices now.',
  'key.enrolled': 'This browser is approved now.',

  waiting: 'Waiting for approval',
  waitingText:
    'Ask the person which four pictures their screen shows, best by telephone, and approve only if they are the same.',
  nobodyWaits: 'No browser is waiting.',
  administratorToo: 'An administrator’s browser can approve others and open the whole vault.',
  notGenuine:
    'This request was not made by a browser of that person. It cannot be approved. Please find out where it comes from.',
  needsKey: 'To approve it, enter the release key above first.',
  approve: 'Approve',
  approveName: 'Approve {{device}} of {{name}}',
  approvedNow: '{{device}} of {{name}} is approved.',
  decline: 'Decline',
  declineName: 'Decline {{device}} of {{name}}',
  declineTitle: 'Decline {{device}} of {{name}}?',
  declineText: 'The browser is told so at once. It can ask again.',

  approved: 'Approved',
  noneApproved: 'No browser is approved yet.',
  revoke: 'Revoke',
  revokeName: 'Revoke {{device}} of {{name}}',
  revokeTitle: 'Revoke {{device}} of {{name}}?',
  revokeText:
    'The browser can read no further chats and messages from now on. It can ask to be approved again.',
  revokedNow: '{{device}} of {{name}} is revoked.',
  revoked: 'Revoked or declined ({{count}})',
} as const;
