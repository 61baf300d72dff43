/** The customer's side of a session, from the consent page to the end. */
export default {
  steps: 'Progress',
  'steps.number': 'Number',
  'steps.consent': 'Confirm',
  'steps.screen': 'Screen',
  'steps.connected': 'Connect',

  cancel: 'Cancel',
  'busy.pairing': 'Securing the connection',
  'busy.pairingText': 'Both sides are agreeing on a secret key. This takes a moment.',
  'busy.waitingOperator': 'Waiting for the operator’s browser. You need not do anything.',
  'busy.connecting': 'Connecting',
  'busy.connectingText': 'You agreed. The connection is being made; this takes a few seconds.',

  'consent.heading.view': 'Show your screen to the operator?',
  'consent.heading.show': 'Watch the operator’s screen?',
  'consent.heading.control': 'Let the operator see and operate this computer?',
  'consent.heading.share': 'Operate the operator’s computer?',
  'consent.who.control':
    '{{operator}} of {{company}} would like to see your screen and to use mouse and keyboard on your computer.',
  'consent.who.share':
    '{{operator}} of {{company}} would like to show you their own screen and to let you operate it.',
  'consent.who.view': '{{operator}} of {{company}} would like to see your screen.',
  'consent.who.show': '{{operator}} of {{company}} would like to show you their own screen.',
  'consent.operator': 'Operator',
  'consent.company': 'Company',
  'consent.can': 'What will be possible',
  'consent.cannot': 'What will not be possible',
  'consent.view.can.see': 'The operator sees the screen or the window that you choose in the next step.',
  'consent.view.can.image': 'The operator can save what is visible as a still image.',
  'consent.view.cannot.operate': 'Use your mouse or keyboard',
  'consent.view.cannot.files': 'Open, copy or send files',
  'consent.view.cannot.else': 'See windows that you did not choose, your camera, or hear your microphone',
  'consent.view.cannot.later': 'Connect again later without asking you',
  'consent.view.tip': 'Close e-mails, passwords and anything private before you go on.',
  'consent.show.can.see': 'You see the operator’s screen, or one of their windows.',
  'consent.show.can.image': 'You can save what you see as a still image.',
  'consent.show.cannot.see': 'See anything on your screen',
  'consent.show.cannot.operate': 'Use your mouse or keyboard',
  'consent.show.cannot.files': 'Open, copy or send files',
  'consent.show.cannot.later': 'Connect again later without asking you',
  'consent.control.can.operate':
    'The operator can use mouse and keyboard here, once you have started a small program for it (the helper).',
  'consent.control.can.open':
    'With them the operator can open programs and files and change settings, as you could. You see everything that happens.',
  'consent.control.can.first':
    'Your own mouse and keyboard come first, and you can take the right to operate back at any time.',
  'consent.control.cannot.without': 'Use your mouse or keyboard before you have started the helper',
  'consent.control.cannot.clipboard': 'Read or change what you have copied, unless you allow that later',
  'consent.control.cannot.files': 'Fetch files from your computer or send files to it through this service',
  'consent.share.can.operate':
    'You can use mouse and keyboard on the operator’s computer, for as long as the operator allows it.',
  'consent.share.cannot.operate': 'Operate anything on your computer',
  'consent.cannot.record': 'Record the session',
  'consent.end': 'You can end it at any time with one click.',
  'consent.fear': 'Did you contact them yourself?',
  'consent.fearText':
    'If someone called you unexpectedly, or if a window told you to call, press Decline. Nothing has been shared.',
  'consent.words':
    'The operator sees the same four pictures. If you like, ask them to name the pictures; if they differ, press Decline.',
  'consent.allow': 'Allow',
  'consent.decline': 'Decline',
  'consent.taken':
    'You agreed to this in the helper. This page is for the screen; nothing has been shared so far.',
  'consent.taken.fear': 'Did you type the number into the helper yourself?',
  'consent.taken.fearText':
    'If you did not start the helper on this computer just now – if somebody sent you this page as a link, for example – press Decline.',
  'consent.taken.go': 'Continue',
  'answer.again': 'To be sure that it is you who presses, please press once more.',
  'answer.held':
    'Another page of Tasuki lets somebody operate this computer. You can answer as soon as it is certain that they cannot press here. If that takes long, end the session on that page.',
  'consent.next.control':
    'Next, your browser asks which screen you want to share. After that you are given the helper.',
  'consent.windows': 'Only windows that you choose will be visible',
  'consent.windowsText':
    'In the next step you choose one window after the other. The rest of your screen stays hidden.',
  'consent.windowsTextControl':
    'In the next step you choose one window after the other. The rest of your screen stays hidden and cannot be operated.',
  'consent.windowsWish': 'Show only windows that I choose',
  'consent.windowsWishHint': 'The rest of the screen then stays hidden.',
  'consent.next.view': 'Next, your browser asks which screen you want to share.',

  'unable.heading': 'This device cannot share its screen',
  'unable.text':
    '{{operator}} of {{company}} asked to see your screen. Browsers on phones and tablets do not allow that; nor do some older browsers on computers.',
  'unable.text.control':
    '{{operator}} of {{company}} asked to see and operate this device. Phones and tablets cannot be operated remotely, and their browsers cannot share a screen; nor can some older browsers on computers.',
  'unable.do': 'What you can do',
  'unable.computer':
    'Or open this page on a computer (Windows, Mac or Linux) with a current Chrome, Edge, Firefox or Safari.',
  'unable.newNumber': 'Ask the operator for a new number: each number works only once.',
  'unable.show': 'Ask the operator to show you their screen instead. That works on this device.',
  'unable.leave': 'Close the session',

  'picking.heading': 'Choose what to share',
  'picking.text': 'Your browser has opened its own window. There you choose what the operator may see.',
  'picking.howScreen': '“Entire screen”: everything that is visible on it',
  'picking.howWindow':
    '“Window”: only this one program – the best choice if you do not want to show anything else',
  'picking.howTab': '“Tab”: only this one page of your browser',
  'picking.operable':
    'The operator can help with mouse and keyboard in a screen or a window; a tab can only be seen.',
  'picking.confirm': 'Then press “Share” in that window.',
  'picking.none': 'Press the button. Your browser then asks which screen or window you want to share.',
  'picking.choose': 'Choose a screen',
  'picking.refusedHeading': 'No screen was chosen',
  'picking.refused': 'Nothing is being shared. You can choose again, or end here.',
  'picking.refusedMac':
    'On a Mac the browser may lack permission: System Settings → Privacy & Security → Screen Recording.',
  'picking.again': 'Choose again',
  'picking.waitHeading': 'The operator is choosing a screen',
  'picking.wait': 'In a moment you will see the operator’s screen here. You need not do anything.',

  'connected.heading': 'Connected',
  'connected.title.view': '● Your screen is being shared – Tasuki',
  'connected.title.show': 'Connected – {{company}}',
  'connected.with': 'with {{operator}} of {{company}}',
  'connected.sharing': 'Being shared now',
  'connected.sharing.several': '{{count}} windows',
  'connected.sharingHint.several': 'The operator sees only these windows, nothing else.',
  'connected.sharing.monitor': 'Your entire screen',
  'connected.sharing.window': 'One window',
  'connected.sharing.browser': 'One browser tab',
  'connected.sharing.unknown': 'The screen you chose',
  'connected.sharingHint.monitor':
    'The operator sees everything on this screen. Do not open anything private.',
  'connected.sharingHint.window': 'The operator sees only this window, not your other windows.',
  'connected.sharingHint.browser': 'The operator sees only this tab.',
  'connected.sharingHint.unknown': 'The operator sees only what you chose.',
  'connected.minimise':
    'You can now switch to another window and carry on. Leave this page open; closing it ends the session.',
  'connected.cancelHint': 'Cancel ends the session at once.',
  'connected.notShared': 'Nothing of your device is being shared. You are watching the operator’s screen.',
  'connected.preview': 'What the operator sees',
  'connected.serverAway': 'The service is being restarted. Your session goes on without it.',

  'interrupted.heading': 'Connection interrupted',
  'interrupted.text': 'It is being re-established by itself. Leave this page open; you need not do anything.',
  'interrupted.mine': 'Your device seems to have no internet connection at the moment.',
  'interrupted.theirs': 'The operator’s side has no connection at the moment.',

  'ended.heading': 'The session has ended',
  'ended.nothing': 'Nothing is shared any more.',
  'ended.nothingEver': 'Nothing was shared.',
  'ended.another': 'Enter another number',
  'ended.backToChat': 'Back to the chat',
  'ended.next': 'What to do next',
  'ended.close': 'You can close this page now.',
  'ended.callBack': 'If you still need help, ask the operator for a new number.',
  'ended.suspicious':
    'If you are in doubt whether the caller was genuine, ring the company on a number you know yourself.',
  'ended.pc': 'Open this page on a computer and ask the operator for a new number.',
  'ended.network':
    'Check your internet connection, or try another network (for example without a company VPN), and ask the operator for a new number.',
  'ended.tamperedNext':
    'Do not continue in this network. Tell the operator by telephone what this page says, and try again from another network.',

  'why.cancelled.customer': 'You ended the session.',
  'why.cancelled.operator': 'The operator ended the session.',
  'why.cancelled': 'The session was ended.',
  'why.declined': 'You declined. The operator has been told, and saw nothing.',
  'why.share_stopped.customer':
    'Sharing was stopped, in the bar of your browser or by closing the shared window. That ended the session.',
  'why.share_stopped.operator': 'The operator stopped showing their screen.',
  'why.share_stopped': 'Sharing was stopped.',
  'why.left.customer': 'This page was closed, or was without a network for too long.',
  'why.left.operator': 'The operator’s page was closed, or its network stayed away for too long.',
  'why.left': 'One side was without a connection for too long.',
  'why.expired': 'The number has expired.',
  'why.withdrawn': 'The operator took the number back.',
  'why.no_answer.customer': 'No answer was given in time, so the session was closed.',
  'why.no_answer.operator': 'The operator’s side did not answer in time.',
  'why.no_answer': 'One side did not answer in time.',
  'why.no_path':
    'No network path could be found between you and the operator. A firewall is probably in the way.',
  'why.unsupported.operator': 'The operator’s browser cannot share a screen.',
  'why.unsupported': 'This browser cannot share a screen.',
  'why.tampered':
    'Somebody or something changed the messages on their way. To protect you, the session was closed at once.',
  'why.signed_out': 'The operator was logged out.',
  'why.failed': 'An error occurred in our software.',
} as const;
