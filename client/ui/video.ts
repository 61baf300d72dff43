/** Attachments for `<video>`. */
import type { Attachment } from 'svelte/attachments';

/** Plays a stream; muted, because a picture with sound would not be allowed to start by itself. */
export const showStream =
  (stream: MediaStream | null): Attachment<HTMLVideoElement> =>
  (video) => {
    video.muted = true;
    video.srcObject = stream;
    // Refused while the tab is hidden; the browser starts it when it is seen again.
    void video.play().catch(() => undefined);
    return () => (video.srcObject = null);
  };
