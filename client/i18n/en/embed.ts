/** The administrator's page with the HTML for the company's own site. */
export default {
  heading: 'Embedding – HTML',
  intro:
    'Copy the HTML into the page of your site on which you offer support, open that page in a browser and check that the button or the box appears.',
  options: 'Options',
  language: 'Language',
  button: 'Button set',
  buttonDefault: 'Standard button',
  position: 'Place of the button',
  'position.bottom-right': 'Bottom right, fixed',
  'position.bottom-left': 'Bottom left, fixed',
  'position.inline': 'Where the HTML stands',
  auto: 'Number box: go on by itself after the last digit',
  exe: 'Number box: offer the helper in advance',
  copy: 'Copy',
  copyName: 'Copy: {{title}}',
  chat: 'Chat button',
  'chat.hint': 'Follows your operators: online while somebody is available, otherwise messages can be left.',
  box: 'Number box',
  'box.hint': 'Customers type the number from the operator on your own page.',
  link: 'Link to the chat',
  'link.hint': 'For mails and for pages that allow no scripts.',
  helper: 'Link to the helper',
  'helper.hint': 'Opens the page on which customers get the helper in advance.',
  policy: 'For sites with a content security policy',
  'policy.hint':
    'Add these sources to your policy: all four for the chat button, only frame-src for the number box, none for the links. Nothing inline and no other host is needed; pictures of a button set on another server need that server in img-src.',
  preview: 'Preview',
  previewHint: 'The real thing, with the options above, on an otherwise empty page.',
  previewLink: 'Here the link opens in a tab of its own.',
  noKey:
    'The HTML does not yet pin your company’s key. Approve this browser under “Devices” first, then copy the HTML.',
  distrust: 'Do not copy this HTML',
  distrustText:
    'The server names another key for your company than the one this browser was approved with. Somebody may have changed it. Please have the server checked.',
  origins: 'Sites that may show chat and number box',
  'origins.field': 'Addresses of your sites, one a line',
  'origins.hint':
    'For example https://www.example.com, or https://*.example.com for all names below it. Empty: every site may.',
  'origins.error': 'Not the address of a site: {{lines}}',
  'origins.saved': 'The list of sites was saved.',
  save: 'Save',
} as const;
