/** The administrator's page about business hours and offline messages. */
export default {
  intro:
    'Outside the hours the chat button is offline, whoever is available. Conversations that are open go on.',
  offline: 'Take messages while nobody is available',
  offlineHint: 'Otherwise the button is not shown while you are offline.',
  when: 'Business hours',
  always: 'Always open: online whenever an operator is available',
  week: 'By the days of the week',
  zone: 'Time zone',
  from: '{{name}}: from',
  to: '{{name}}: to',
  add: 'Add a time',
  addName: '{{name}}: add a time',
  remove: '{{name}}: remove {{from}} to {{to}}',
  closed: 'Closed',
  wrong: 'Each time must end after it begins.',
  hint: '00:00 at the end means midnight. For hours that go on after midnight, add a time that begins at 00:00 on the next day.',
  save: 'Save',
  saved: 'The business hours were saved.',
} as const;
