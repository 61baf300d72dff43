/** Whether a key press in a message box sends: Enter alone, and never while an input method composes. */
export const sends = (event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'isComposing' | 'keyCode'>): boolean =>
  event.key === 'Enter' &&
  !event.shiftKey &&
  !event.isComposing &&
  // Safari ends the composition before it tells of the key that ended it, which nothing else tells apart.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  event.keyCode !== 229;
