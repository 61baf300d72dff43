/** What the frame around the views must know: whether leaving would end something, and whether a screen is shared. */
import calm from './favicon.svg?url';
import sharing from './favicon-sharing.svg?url';

class Page {
  /** A session runs here: nothing on the frame may lead away from it. */
  live = $state(false);
  /** Said by screen readers as soon as it changes. */
  announcement = $state('');

  /** Tells assistive technology something that appeared elsewhere on the page. */
  announce(text: string): void {
    this.announcement = text;
  }

  /** Changes the tab's icon while this device's screen is seen by somebody else. */
  showSharing(on: boolean): void {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon) icon.href = on ? sharing : calm;
  }
}

export const page = new Page();
