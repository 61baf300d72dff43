/** What the frame that a company's page gives us is good for. */

interface WithPolicy {
  featurePolicy?: { allowsFeature(name: string): boolean };
}

/** Smallest frame in which the question for consent can be read without losing sight of its buttons. */
const SMALLEST = { width: 320, height: 400 };

/** Whether the page stands in another one. */
export const isFramed = (): boolean => window.parent !== window;

/**
 * Whether a session can run here: the page around us must have allowed the capture of the screen, and have left enough
 * room. Browsers that do not tell are taken to refuse it.
 */
export function isFitForSession(): boolean {
  if (!isFramed()) return true;
  const { featurePolicy } = document as WithPolicy;
  const allowed = featurePolicy?.allowsFeature('display-capture') ?? false;
  return allowed && innerWidth >= SMALLEST.width && innerHeight >= SMALLEST.height;
}
