/** The form for visitors while nobody is there. */
export default {
  heading: 'Leave a message',
  intro: 'Nobody is here at the moment. {{company}} will answer by e-mail.',
  opens: 'The chat opens again on {{time}}.',
  sealed: 'Your message is encrypted in your browser; only {{company}} can read it.',
  name: 'Your name',
  mail: 'Your e-mail address',
  subject: 'Subject',
  text: 'Message',
  website: 'Leave this field empty',
  send: 'Send message',
  working:
    'Your browser is doing a short calculation that keeps automatic messages out. This takes a few seconds.',
  sending: 'Sending…',
  'wrong.name': 'Please enter a name of at most 80 characters.',
  'wrong.mail': 'This is not a complete e-mail address.',
  'wrong.subject': 'Please enter a subject of at most 200 characters.',
  'wrong.text': 'Please enter a message of at most 4,000 characters.',
  'problem.keys':
    'This page cannot prove that it belongs to {{company}}, so nothing was sent. Please contact the company another way.',
  'problem.closed': 'Messages are not being taken any more. Please contact the company another way.',
  'problem.kept': 'Nothing of what you typed is lost.',
  'sent.heading': 'Thank you, your message has arrived',
  'sent.text': '{{company}} will answer to {{mail}}.',
  'sent.again': 'Write another message',
  'closed.heading': 'Nobody is here at the moment',
  'closed.text': '{{company}} takes no messages here outside opening hours.',
} as const;
