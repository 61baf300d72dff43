/** A request for a remote session in the chat, as the visitor sees it. */
export default {
  label: 'Request for a remote session',
  fear: 'Nothing is shared before you press “Allow”',
  fearText: 'If you did not ask for help yourself, press “Decline”. You can go on chatting either way.',
  answering: 'Your answer is being sent',
  failed: 'Your answer did not arrive. Please press once more.',
  'standing.allowed': 'You allowed this.',
  'standing.declined': 'You declined. Nothing was shared.',
  'standing.over': 'This request can be answered no more. Nothing was shared by it.',
  'standing.forged':
    'This request names another person than the one who is answering you. It cannot be answered. Ask the company by telephone.',
  busy: 'Another session is still running here. End it first, then answer.',
  'unable.text':
    'This device cannot share its screen: browsers on phones and tablets do not allow that, nor do some older ones on computers.',
  'unable.do':
    'Ask the operator to show you their screen instead, or open the chat on a computer. You can decline and go on chatting.',
  'own.blocked':
    'The page that this chat is part of does not let it share your screen. The chat can go on in a window of its own, where you can answer.',
  'own.offer': 'Sharing does not work here? Go on in a window of its own',
  'own.open': 'Go on in a window of its own',
  'own.opening': 'The window is being opened',
  'own.done': 'The chat goes on in the other window. You can answer there.',
  'own.refused': 'The window did not open. Please allow pop-up windows for this page and try again.',
  session: 'Remote session',
} as const;
