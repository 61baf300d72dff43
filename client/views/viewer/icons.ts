/** Outlines of the viewer's own tools; see `client/ui/icons.ts`. */
export const keyboard =
  'M3.5 6.5h17a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-17a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1ZM6.5 10h.1M10 10h.1M14 10h.1M17.5 10h.1M8 14h8';
export const mouse = 'M12 3a6 6 0 0 1 6 6v6a6 6 0 0 1-12 0V9a6 6 0 0 1 6-6ZM12 3v7M6 10h12';
