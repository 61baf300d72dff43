/** Whether a key press is one of the desk's: Alt alone. With AltGr people write letters; Windows tells it as Control and Alt. */
export const isShortcut = ({
  altKey,
  ctrlKey,
  metaKey,
  shiftKey,
}: Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>): boolean =>
  altKey && !ctrlKey && !metaKey && !shiftKey;
