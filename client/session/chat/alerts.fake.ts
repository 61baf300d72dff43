/** For tests: what a browser shows and sounds, written down. */
import { memory } from './desk-chat.fake';

/** A desktop that shows one notification a tag, as browsers do. */
export class FakeNotification {
  static permission: NotificationPermission = 'granted';
  /** What the person answers when they are asked. */
  static answer: NotificationPermission = 'granted';
  static made: FakeNotification[] = [];
  static requestPermission = async (): Promise<NotificationPermission> =>
    (FakeNotification.permission = FakeNotification.answer);

  onclick: (() => void) | null = null;
  closed = false;
  readonly tag: string;

  constructor(
    readonly title: string,
    readonly options: { tag?: string } = {},
  ) {
    this.tag = options.tag ?? '';
    for (const other of FakeNotification.shown) if (this.tag && other.tag === this.tag) other.close();
    FakeNotification.made.push(this);
  }

  /** Those to be seen now. */
  static get shown(): FakeNotification[] {
    return FakeNotification.made.filter(({ closed }) => !closed);
  }

  close(): void {
    this.closed = true;
  }
  click(): void {
    this.onclick?.();
  }
}

const parameter = () => ({
  value: 0,
  setValueAtTime: () => undefined,
  linearRampToValueAtTime: () => undefined,
  exponentialRampToValueAtTime: () => undefined,
});

/** A device with a loudspeaker. */
export class FakeAudio {
  /** Frequencies of the tones that were begun, in their order. */
  static heard: number[] = [];
  currentTime = 0;
  destination = {};
  resume = async (): Promise<void> => undefined;
  close = async (): Promise<void> => undefined;
  createGain() {
    return { gain: parameter(), connect: <T>(next: T): T => next };
  }
  createOscillator() {
    const frequency = parameter();
    const start = () => void FakeAudio.heard.push(frequency.value);
    return { frequency, start, stop: () => undefined, connect: <T>(next: T): T => next };
  }
}

/**
 * A page in the background of a browser that has notifications, sound and storage.
 * @param stub `vi.stubGlobal`
 */
export function elsewhere(stub: (name: string, value: unknown) => unknown): { focused: () => number } {
  let focused = 0;
  FakeNotification.permission = FakeNotification.answer = 'granted';
  FakeNotification.made = [];
  FakeAudio.heard = [];
  stub('Notification', FakeNotification);
  stub('AudioContext', FakeAudio);
  stub('localStorage', memory());
  stub('sessionStorage', memory());
  stub('document', { hidden: true, fullscreenElement: null });
  stub('navigator', { userActivation: { hasBeenActive: true }, language: 'en', userAgent: '' });
  stub('window', { focus: () => focused++ });
  return { focused: () => focused };
}
