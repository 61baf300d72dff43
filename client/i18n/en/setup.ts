/** The one-time set-up. */
export default {
  title: 'Set-up',
  heading: 'Welcome to Tasuki',
  intro: 'This page sets the installation up, once. It takes about two minutes.',
  steps: 'Progress',
  'steps.form': 'Company',
  'steps.key': 'Release key',
  'steps.confirm': 'Confirm',
  'steps.done': 'Done',

  'noToken.heading': 'The one-time link is needed',
  'noToken.text':
    'Set-up opens only through the link that the server prints on its first start. It ends in “#token=…”. Please open exactly that link.',
  wrongToken:
    'The one-time link is not right, or it belongs to an earlier start of the server. Please open the link that the server printed last. Nothing you entered is lost on this page.',
  'already.heading': 'The set-up is already done',
  'already.text': 'It can be run only once. If it was not you, tell whoever runs the server at once.',
  toAdmin: 'Go to administration',
  toDesk: 'Go to the operator desk',

  'form.company': 'Company name',
  'form.companyHint': 'Customers see it before they agree.',
  'form.adminId': 'Administrator ID',
  'form.adminIdHint': 'Letters, digits and . _ @ -',
  'form.password': 'Password',
  'form.passwordHint': 'At least 10 characters. Several words in a row are good; no other rules.',
  'form.repeat': 'Password again',
  'form.language': 'Language of the company',
  'form.next': 'Next: release key',
  'form.error.company': 'Please enter a name of at most 80 characters.',
  'form.error.adminId': 'Please use 1 to 64 letters, digits and . _ @ -',
  'form.error.password': 'At least 10 characters, please.',
  'form.error.repeat': 'The two passwords differ.',
  'form.strength': 'Length: {{count}} characters',
  'form.weak': 'too short',
  'form.fair': 'sufficient',
  'form.strong': 'strong',

  'key.making': 'Making the release key in your browser…',
  'key.heading': 'Your release key',
  'key.once': 'It is shown only now. Save it or print it before you go on.',
  'key.label': 'Release key',
  'key.what': 'What it is for',
  'key.what1':
    'Chat transcripts, messages and recordings are stored locked. The release key is what opens them.',
  'key.what2': 'It was made in this browser. The server does not know it and cannot restore it.',
  'key.what3':
    'Whoever has it can read those records. If it is lost and no staff device is approved, they can never be read again.',
  'key.where':
    'Keep it where you keep contracts: printed in a safe, or in a password manager. Not in a mailbox.',
  'key.save': 'Save as a file',
  'key.print': 'Print',
  'key.copy': 'Copy',
  'key.next': 'I have stored it: continue',
  'key.back': 'Back',
  'key.file':
    'Tasuki release key\n\nCompany: {{company}}\nMade: {{date}}\n\n{{key}}\n\nKeep it in a safe place. Whoever has it can read the stored chats, messages and recordings. The server does not know it and cannot restore it.\n',

  'confirm.heading': 'Confirm the release key',
  'confirm.text': 'Please look at what you stored, and type these two groups of four characters.',
  'confirm.group': 'Group {{number}}',
  'confirm.wrong': 'This group is different in the key. Please look at what you stored.',
  'confirm.finish': 'Finish set-up',
  'confirm.back': 'Show the key again',

  'done.heading': 'The set-up is complete',
  'done.subscriber': 'Your subscriber code',
  'done.subscriberText':
    'It identifies your company and becomes part of the links that you send: {{address}}',
  'done.enrolled':
    'This browser is approved: on the page “Devices” it can approve the browsers of your operators.',
  'done.notEnrolled':
    'This browser could not be approved now. On the page “Devices” the release key does it at any time.',
  'done.next': 'Next: log in to administration and add operators.',
} as const;
