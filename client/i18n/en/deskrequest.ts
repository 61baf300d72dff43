/** Asking for a remote session in a chat, at the desk. */
export default {
  request: 'Request remote session',
  title: 'Request a remote session with {{name}}',
  text: 'The visitor sees who you are and what you ask for, and decides. If they decline, the chat goes on.',
  send: 'Send request',
  cancel: 'Cancel',
  conflict: 'A remote session is already asked for in this chat, or goes on.',
  not_allowed: 'Your administrator does not allow this any more. Please choose again.',
  askedLeft: 'The visitor can answer for another {{time}}.',
  withdraw: 'Take the request back',
  show: 'Show',
  'card.asked': 'Asked in the chat',
  'card.text': 'The visitor has been asked in the chat. The session begins as soon as they press “Allow”.',
  'state.waiting': 'Waiting for the visitor’s answer in the chat',
  'state.pairing': 'The visitor agreed; securing the connection',
  'why.expired': 'The visitor did not answer in time.',
  'why.withdrawn': 'The request was taken back. It can no longer be answered.',
} as const;
