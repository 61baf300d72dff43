/** The form for visitors while nobody is there. */
export default {
  heading: 'Leave a message',
  intro: 'Nobody is here at the moment. {{company}} will answer by e-mail.',
  online: 'Somebody is there now.',
  chat: 'Chat instead',
  opens: 'The chat opens again on {{time}}.',
  sealed: 'Your message is encrypted in your browser; only {{company}} can read it.',
  name: 'Your name',
  mail: 'Your e-mail address',
  subject: 'Subject',
  text: 'Message',
  website: 'Leave this field empty',
  send: 'Send message',
  working: 'Please leave this page open for a few seconds: your browser proves that it is no spam machine.',
  progress: 'Progress',
  sending: 'Sending…',
  'wrong.name': 'Please enter your name.',
  'wrong.mail': 'Please enter your complete e-mail address, such as name@example.org.',
  'wrong.subject': 'Please say in a few words what it is about.',
  'wrong.text': 'Please write your message.',
  'wrong.long': 'This is too long: at most {{max}} characters, so far {{count}}.',
  'problem.keys':
    'This page cannot prove that it belongs to {{company}}, so nothing was sent. Please contact the company another way.',
  'problem.closed': 'Messages are not being taken any more. Please contact the company another way.',
  'problem.blocked':
    '{{company}} takes no messages from your internet connection until {{time}}. Please contact the company another way.',
  'problem.filled':
    'Not sent yet: a program, such as one that fills in forms for you, has filled in a field that nobody sees. It is empty again. Press “Send message” once more to send your message.',
  'problem.limited':
    'Many messages came from your network in a short time. Please send this one again at {{time}}.',
  'problem.kept': 'Nothing of what you typed is lost.',
  'sent.heading': 'Thank you, your message has arrived',
  'sent.text': '{{company}} will answer to {{mail}}.',
  'sent.again': 'Write another message',
  'closed.heading': 'Nobody is here at the moment',
  'closed.text': '{{company}} takes no messages here while nobody is there.',
  'closed.instead': 'What you can do',
  'closed.later':
    'Come back later, or leave this page open: it opens the chat by itself when somebody is there.',
  'closed.otherway': 'Contact {{company}} by telephone or mail, as on its own pages.',
  'closed.number': 'Has an operator told you a session number?',
  'closed.enter': 'Enter the number',
} as const;
