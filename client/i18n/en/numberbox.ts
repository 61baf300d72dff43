/** The box for the session number on a company's own page. */
export default {
  title: 'Session number – {{company}}',
  heading: 'Session number',
  intro: 'Please enter the 8 digits that the operator tells you.',
  auto: 'It goes on by itself after the last digit.',
  elsewhere: 'The session opens in a window of its own.',
  opened: 'The session was opened in a window of its own. Please go on there.',
  blocked: 'Your browser kept the window closed. Please open it with this link:',
  open: 'Open the session',
  helper: 'Get the helper in advance',
  noOwner: 'This box lacks the subscriber code of its company. Please tell the people who run this page.',
} as const;
