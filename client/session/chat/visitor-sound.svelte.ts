/** Two soft notes for a new message, made by the browser itself. Silent until the person has pressed something here. */
import { recall, remember } from '../../ui/remembered';

const MUTED = 'tasuki.chat.muted';
const NOTES = [660, 880] as const;
const NOTE_SECONDS = 0.12;
const VOLUME = 0.08;

export class ChatSound {
  #context: AudioContext | null = null;
  #muted = $state(recall(MUTED) === '1');

  get muted(): boolean {
    return this.#muted;
  }

  set muted(muted: boolean) {
    this.#muted = muted;
    remember(MUTED, muted ? '1' : '0');
  }

  /** Call it while a click or key press is handled: browsers allow sound only from there. */
  prime(): void {
    if (this.#context || typeof AudioContext === 'undefined') return;
    try {
      this.#context = new AudioContext();
    } catch {
      // No sound on this device.
    }
  }

  play(): void {
    const context = this.#context;
    if (!context || this.#muted) return;
    void context.resume().catch(() => undefined);
    NOTES.forEach((frequency, index) => {
      const start = context.currentTime + index * NOTE_SECONDS;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(VOLUME, start + 0.02);
      volume.gain.linearRampToValueAtTime(0, start + NOTE_SECONDS);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + NOTE_SECONDS);
    });
  }

  close(): void {
    void this.#context?.close().catch(() => undefined);
    this.#context = null;
  }
}
