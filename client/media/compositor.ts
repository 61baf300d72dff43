/**
 * The one place where the picture of the other side is put together (DESIGN §5): layers over each other, all of the same
 * size, the video lowest. What is drawn over it later (areas sent by the helper, a pen, masks) becomes a layer here, and
 * then it is part of the screenshot and of a recording too.
 */
import type { Size } from './viewport';

export interface Layer {
  /** Draws itself over what is there, filling the given size in picture pixels. */
  draw(context: CanvasRenderingContext2D, size: Size): void;
}

/** The layer of a playing video. */
export const videoLayer = (video: HTMLVideoElement): Layer => ({
  draw: (context, { width, height }) => context.drawImage(video, 0, 0, width, height),
});

export class Compositor {
  #size: Size = { width: 0, height: 0 };
  #layers: readonly Layer[] = [];

  get size(): Size {
    return this.#size;
  }

  /** The picture's own size in pixels. */
  resize(size: Size): void {
    this.#size = size;
  }

  /** Puts a layer on top. @returns takes it away again */
  add(layer: Layer): () => void {
    this.#layers = [...this.#layers, layer];
    return () => (this.#layers = this.#layers.filter((each) => each !== layer));
  }

  /** Everything that is to be seen, in the picture's own resolution; null before there is a picture. */
  snapshot(): HTMLCanvasElement | null {
    const { width, height } = this.#size;
    if (width === 0 || height === 0 || this.#layers.length === 0) return null;
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    if (!context) return null;
    for (const layer of this.#layers) layer.draw(context, this.#size);
    return canvas;
  }
}
