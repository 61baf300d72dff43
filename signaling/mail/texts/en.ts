import type { MailTexts } from './texts';

const operated = 'We see your computer and operate it, with a small program that you start yourself.';

export const en: MailTexts = {
  session: {
    subject: (company) => `Your remote support by ${company}`,
    greeting: (customer) => `Dear ${customer},`,
    opening: ({ operator, company }) =>
      `as agreed, ${operator} of ${company} would like to help you by remote support.`,
    whatHeading: 'What will happen',
    what: {
      view: 'We see the screen that you choose. We operate nothing.',
      manage: operated,
      control: operated,
      share: 'You see our screen and may operate it. We see nothing of yours.',
      show: 'You see our screen. We see nothing of yours.',
    },
    windowsOnly: 'Only the windows that are chosen beforehand are shown.',
    asksFirst:
      'Nothing is shown or operated before you have read who is asking for what and pressed “Allow”.',
    howHeading: 'How it works',
    steps: ({ code, site }) => [
      `Open the link below on the computer in question. It leads to ${site}.`,
      `Press “Connect”. If the number is asked for, it is ${code}.`,
      'Read who is asking for what, and press “Allow” only if you agree.',
    ],
    linkHeading: 'Your link',
    valid: (until) => `It works once, until ${until}.`,
    end: 'You can end the session at any time with “Cancel”.',
    refuseHeading: 'If you do not want this',
    refuse:
      'If you did not ask for help, do nothing and delete this mail, or press “Decline” on the page. If in doubt, call us on a number that you know already.',
    secrets: (company) =>
      `Nobody from ${company} will ask you for a password, a PIN or card details, neither by mail nor during the session. Do not hand this mail on: whoever has the link can use it.`,
    signature: ({ operator, company }) => [operator, company],
  },
  notice: {
    subject: (company) => `A message waits: ${company}`,
    greeting: (operator) => `Dear ${operator},`,
    waits: 'Somebody left a message while nobody was there. It can be read at the desk only:',
    where: 'Choose “Messages” there.',
    why: 'You receive this mail because you switched on mail notices at the desk. You can switch them off there.',
  },
  test: {
    subject: 'Test mail from Tasuki',
    works: 'The mail settings work.',
    why: (company) => `An administrator of ${company} sent this test. Nothing needs to be done.`,
  },
};
