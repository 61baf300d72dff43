/** What the person in front of the shared computer meets: chosen windows, the helper, its switches and questions. */
export default {
  'windows.heading': 'Choose the windows to show',
  'windows.text':
    'Choose one window after the other in your browser’s own dialog. Everything else stays hidden.',
  'windows.picking': 'Your browser has opened its own dialog. Choose one window there.',
  'windows.add': 'Choose a window',
  'windows.another': 'Add another window',
  'windows.list': 'These will be shown',
  'windows.window': 'Window {{number}}',
  'windows.tab': 'Browser tab {{number}}',
  'windows.remove': 'Remove',
  'windows.removeNamed': 'Remove: {{name}}',
  'windows.done': 'Done – show these',
  'windows.full': 'No more windows can be shown at once.',
  'windows.problem.monitor':
    'That was a whole screen. In this session only single windows may be shown, so it was stopped at once. Please choose a window.',
  'windows.problem.unknown':
    'This browser does not tell whether you chose a window or the whole screen, so it was stopped at once. Please use a current Chrome, Edge or Safari.',
  'windows.problem.twice': 'This window is already on the list.',

  'hand.heading.customer': 'One more step: start the helper',
  'hand.heading.operator': 'Start the helper on this computer',
  'hand.text.customer':
    'The operator sees what you share. To use your mouse and keyboard as well, they need a small program that you start yourself. It is not installed, and it works for this session only.',
  'hand.text.operator':
    'The customer sees your screen. Mouse and keyboard need a small program that you start yourself. It is not installed, and it works for this session only.',
  'hand.download': 'Download helper',
  'hand.downloadFor': 'Download helper – {{build}}',
  'hand.others': 'For another system',
  'hand.without': 'Go on without control',
  'hand.waiting': 'Waiting for the helper to be started…',
  'hand.held':
    'The service is very busy at the moment. Please wait before you start the helper; this goes on by itself.',
  'hand.adopted': 'The helper is about to connect…',
  'hand.loading': 'Looking for the right download…',
  'hand.failed': 'The downloads could not be found at the moment.',
  'hand.again': 'Try again',
  'hand.noBuilds.customer': 'The helper is not available on this service. Please tell the operator.',
  'hand.noBuilds.operator': 'The helper is not available on this service. Please tell your administrator.',
  'hand.otherSystem': 'There is no helper for this kind of device. You can go on without control.',
  'hand.phone': 'A phone or tablet cannot be controlled. You can go on without control.',

  'build.windows-amd64': 'Windows',
  'build.macos-arm64': 'Mac with Apple chip (M1 or later)',
  'build.macos-amd64': 'Mac with Intel processor',
  'build.linux-amd64': 'Linux (x86-64)',
  'build.linux-arm64': 'Linux (ARM64)',
  'build.other': 'Other system',

  'step.download': 'Download',
  'step.downloadText': 'Press the button. The browser saves one file.',
  'step.open': 'Open the file',
  'step.openText': 'Open it in the browser’s list of downloads, or in the folder “Downloads”.',
  'step.openTerminal': 'Or copy this line, paste it into the terminal and press Enter:',
  'step.showLine': 'Show the line',
  'step.connected': 'Done',
  'step.connectedText': 'A small window says “Connected”. This page notices it by itself.',

  'asks.summary': 'Your computer asks whether you trust the file?',
  'asks.windows':
    'If Windows shows “Windows protected your PC”: press “More info”, then “Run anyway”. Do this only for the file that you have just saved from {{host}}.',
  'asks.macos':
    'If the Mac refuses to open it: System Settings → Privacy & Security → “Open Anyway”. Then allow the helper under “Accessibility” when the Mac asks. Do this only for the file that you have just saved from {{host}}.',
  'asks.linux':
    'If nothing happens when you open it: right-click the file → Properties → Permissions → allow it to be executed as a program.',

  details: 'Details',
  'details.publisher': 'Comes from',
  'details.publisherText': '{{company}}, from {{host}}',
  'details.version': 'Version',
  'details.size': 'Size',
  'details.sizeText': '{{size}} MB',
  'details.sums': 'List of checksums',
  'details.signature': 'Its signature',
  'details.link':
    'If the helper is already on this computer, start it from a terminal with this link as its argument:',
  'details.copy': 'Copy link',
  'details.copyLine': 'Copy line',
  'details.once':
    'The link and the file work once, within 10 minutes, and only for this session. Pass them on to nobody.',

  'expired.heading.time': 'The helper was not started in time',
  'expired.text.time':
    'The file that was downloaded does not work any more. You can get a new one, or go on without control.',
  'expired.heading.busy': 'This helper cannot be used',
  'expired.text.busy': 'Its secret is in use already. Please get a new helper, or go on without control.',
  'expired.heading.refused': 'The service did not accept the helper',
  'expired.text.refused':
    'The file that was downloaded does not work. You can get a new one, or go on without control.',
  'gone.heading': 'The helper has lost its connection',
  'gone.text':
    'The service does not hear of it any more. Without a connection it stops operating within a minute; if its window “Connected” is still open, press “Cancel” there and it stops at once. The picture goes on. You can start a new helper, or leave it so.',
  renew: 'Get a new helper',
  'dismissed.customer': 'The operator sees what you share and operates nothing.',
  'dismissed.operator': 'The customer sees your screen and operates nothing.',
  'dismissed.untold':
    'You go on without control, but the helper may not have been told yet. If its window “Connected” is still open, press “Cancel” there: then it stops at once.',
  'dismissed.again': 'Allow control after all',
  'away.text':
    'The helper’s connection to the service is interrupted. It is being re-established by itself. To stop it right now, use the helper’s own window.',

  'attached.heading.customer': 'The operator can help with mouse and keyboard',
  'attached.heading.operator': 'The customer can use mouse and keyboard here',
  'attached.off.customer': 'The operator watches only',
  'attached.off.operator': 'The customer watches only',
  'attached.untold': 'Switched off here, but the helper has not been told yet',
  'attached.untoldText':
    'It may still be used until the helper is told, which happens by itself, or within a minute. To stop it right now, press “Cancel” in the helper’s own window “Connected”.',
  'attached.seen.customer': 'The operator can see what you share, but not operate it',
  'attached.seen.operator': 'The customer can see what you share, but not operate it',
  'attached.seenAll':
    'Only windows and whole screens can be operated, and only where the browser tells which is which: in Chrome, Edge or Safari. A browser tab can be seen only.',
  'attached.seenSome': 'Browser tabs among what you share can be seen, but not operated.',
  'attached.preparing': 'The helper is connected and is getting ready…',
  'attached.version': 'Helper {{version}} is running on this computer.',
  'attached.yours': 'Your own mouse and keyboard always come first.',
  'attached.paused': 'You are using the mouse or keyboard yourself; remote input waits.',
  'attached.remove': 'Close the helper',

  'none.heading': 'This computer cannot be operated remotely',
  'none.wayland':
    'Its desktop (Wayland) does not let other programs use mouse and keyboard. The session goes on; the other side can watch.',
  'none.no-display': 'The helper found no desktop to operate. The session goes on; the other side can watch.',
  'none.no-permission':
    'The helper lacks the permission. On a Mac: System Settings → Privacy & Security → Accessibility → switch on the helper, then start it again.',
  'none.failed':
    'The helper could not reach mouse and keyboard. The session goes on; the other side can watch.',

  'grants.title': 'What is allowed',
  'grants.input': 'Use pointer and keyboard',
  'grants.inputHint': 'Switch it off at any time; it takes effect at once.',
  'grants.clipboard': 'Exchange the clipboard',
  'grants.clipboardHint': 'Text that is copied on one side can be pasted on the other.',
  'grants.refused': 'To be sure that it is you who clicks, please press once more.',
  'grants.untold': 'Switched off here, but the helper has not been told yet.',
  'grants.on': 'On',
  'grants.off': 'Off',

  'request.input.customer': 'The operator would like to use pointer and keyboard again.',
  'request.input.operator': 'The customer would like to use pointer and keyboard again.',
  'request.clipboard.customer': 'The operator would like to exchange copied text with you (clipboard).',
  'request.clipboard.operator': 'The customer would like to exchange copied text with you (clipboard).',
  'request.allow': 'Allow',
  'request.notNow': 'Not now',

  'advance.heading': 'The helper in advance',
  'advance.text':
    'The helper lets an operator use your mouse and keyboard, if you agree. Start it when an operator tells you a number: it asks for the number, and does nothing else before.',
} as const;
