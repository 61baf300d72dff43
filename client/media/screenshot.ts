/** Saves the picture that is on the screen right now. Whether this side may is asked of `policy.may` before. */

/** `tasuki-20261121-140509.png`, in local time. */
export function screenshotName(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`;
  return `tasuki-${day}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}.png`;
}

/**
 * Downloads a picture as a PNG in its own resolution.
 * @returns the file's name, or null when there is no picture
 */
export async function saveScreenshot(
  canvas: HTMLCanvasElement | null,
  at = new Date(),
): Promise<string | null> {
  const blob = await new Promise<Blob | null>((resolve) => {
    if (canvas) canvas.toBlob(resolve, 'image/png');
    else resolve(null);
  });
  if (!blob) return null;
  const name = screenshotName(at);
  saveFile(blob, name);
  return name;
}

/** Hands a file to the browser's downloads. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
