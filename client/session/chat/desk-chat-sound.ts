/** Two short tones, made here rather than fetched. Browsers stay silent until the person has used the page. */

let context: AudioContext | undefined;

const tone = (audio: AudioContext, hertz: number, at: number, seconds: number) => {
  const [oscillator, gain] = [audio.createOscillator(), audio.createGain()];
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0.0001, at);
  gain.gain.exponentialRampToValueAtTime(0.12, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + seconds);
};

/** Somebody waits: two tones upwards; somebody has written: one. */
export function chime(kind: 'waiting' | 'message'): void {
  if (typeof AudioContext === 'undefined') return;
  if (!navigator.userActivation.hasBeenActive) return;
  context ??= new AudioContext();
  void context.resume().catch(() => undefined);
  const now = context.currentTime;
  tone(context, 660, now, 0.18);
  if (kind === 'waiting') tone(context, 880, now + 0.2, 0.3);
}
