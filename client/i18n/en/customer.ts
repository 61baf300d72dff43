/** The page with the box for the session number. */
export default {
  title: 'Remote support',
  titleCompany: 'Remote support – {{company}}',
  heading: 'Enter your session number',
  intro: 'The operator will tell you a number of 8 digits, usually by telephone.',
  fromBox: 'The number that you typed has been filled in. Press Connect when you are ready.',
  fromLink: 'The number from your link has been filled in. Press Connect when you are ready.',
  field: 'Session number',
  connect: 'Connect',
  checking: 'Checking the number…',
  safe: 'Nothing is shared yet. You will be asked before anybody sees anything.',
  'complaint.empty': 'Please enter the number first: 8 digits.',
  'complaint.letters': 'The number consists of digits only. Please remove other characters.',
  'complaint.short': 'The number has 8 digits; so far there are {{count}}.',
  'complaint.long': 'The number has only 8 digits; these are {{count}}. Perhaps one was typed twice?',
  'unknown.heading': 'This number is not valid',
  'unknown.text':
    'It may be mistyped, expired, taken back or already used. Please check it with the operator, or ask for a new one.',
  'unknown.clock':
    'The clock of your device seems to be wrong, and that can be the reason. Please set date and time to automatic and try again.',
  advance: 'Get the helper in advance',
  'restoring.heading': 'Going back to your session',
  'restoring.text':
    'The service cannot be reached at the moment. This page keeps trying by itself; leave it open. You need not do anything.',
  'restoring.cancel': 'Cancel ends the session.',
  'take.heading': 'This page cannot go on with the session',
  'take.broken': 'The address is incomplete. Please start the helper again.',
  'take.open': 'This session is already open in another window of this browser. Please go on there.',
  'take.gone':
    'The session has ended, or it was taken over already. Please ask the operator for a new number.',
  fear: 'Did somebody call you unexpectedly?',
  fearText:
    'Enter a number only if you yourself asked for help. Banks, authorities and computer makers never call to ask for this. If in doubt, hang up.',
} as const;
