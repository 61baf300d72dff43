/** Outlines on a 24 × 24 grid, drawn with a stroke. Named one by one, so that a page carries only its own. */
export const check = 'M5 12.5l4.5 4.5L19 7.5';
export const cross = 'M6 6l12 12M18 6L6 18';
export const warning =
  'M12 8.5v5M12 17v.1M10.3 4.4 2.7 17.6A2 2 0 0 0 4.4 20.5h15.2a2 2 0 0 0 1.7-2.9L13.7 4.4a2 2 0 0 0-3.4 0Z';
export const info = 'M12 11v5.5M12 7.5v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z';
export const shield =
  'M12 3 4.5 6v5.5c0 4.6 3.1 8 7.5 9.5 4.4-1.5 7.5-4.9 7.5-9.5V6L12 3Zm-3.5 9 2.5 2.5 4.5-5';
export const person = 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.6-3.7 3.6-6 7.5-6s6.9 2.3 7.5 6';
export const building = 'M5 21V4.5L14 3v18M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3';
export const eye =
  'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z';
export const screen =
  'M3.5 5h17a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-17a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1ZM8.5 21h7M12 17v4';
export const present =
  'M3.5 5h17a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-17a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1ZM8.5 21h7M12 14V8.5M9 11l3-3 3 3';
export const copy =
  'M9 9V5a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-4M5 9h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1Z';
export const link =
  'M10 14a4.5 4.5 0 0 0 6.4 0l3.3-3.3a4.5 4.5 0 0 0-6.4-6.4L11.8 5.8M14 10a4.5 4.5 0 0 0-6.4 0l-3.3 3.3a4.5 4.5 0 0 0 6.4 6.4l1.5-1.5';
export const mail =
  'M4 5.5h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1ZM3.5 7l8.5 6 8.5-6';
export const plus = 'M12 5v14M5 12h14';
export const minus = 'M5 12h14';
export const fit =
  'M4 9V5a1 1 0 0 1 1-1h4M15 4h4a1 1 0 0 1 1 1v4M20 15v4a1 1 0 0 1-1 1h-4M9 20H5a1 1 0 0 1-1-1v-4';
export const expand =
  'M9.5 4H4v5.5M14.5 4H20v5.5M20 14.5V20h-5.5M9.5 20H4v-5.5M4 4l6 6M20 4l-6 6M20 20l-6-6M4 20l6-6';
export const shrink = 'M4 10h6V4M20 10h-6V4M14 20v-6h6M10 20v-6H4';
export const camera =
  'M8.5 6.5 10 4h4l1.5 2.5H20a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V7.5a1 1 0 0 1 1-1h4.5ZM12 16.2a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2Z';
export const gauge = 'M4.5 18.5a9 9 0 1 1 15 0M12 14.5l4-5M12 14.5h.1';
export const help =
  'M9.3 9.2a2.8 2.8 0 1 1 4 2.8c-.9.5-1.3 1-1.3 2M12 17v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z';
export const leave = 'M14 4h4a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-4M10 8l-4 4 4 4M6 12h9';
export const download = 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 20h15';
export const printer =
  'M7 9V4h10v5M7 17H4.5a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1h15a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H17M7 14.5h10V20H7z';
export const key = 'M14.5 13a5 5 0 1 0-4.3-2.5L3.5 17v3.5H7V18h2.5v-2.5H12l1.7-1.7M16.5 7.5h.1';
export const pointer = 'M5 3.5l14 6.2-5.9 2.3-2.3 5.9L5 3.5ZM13.5 13.5l6 6';
export const together =
  'M3.5 4.5h17a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-17a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1ZM8.5 20.5h7M12 16.5v4M10 7.5l6 2.6-2.6 1-1 2.6-2.4-6.2Z';
export const windows =
  'M8 8V5a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-3M4 9h11a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V9ZM4 12h12';
export const bell = 'M6 17V11a6 6 0 1 1 12 0v6l1.5 1.5h-15L6 17ZM10 21h4';
export const bellOff = 'M8 6.5A6 6 0 0 1 18 11v3M18 18.5H4.5L6 17v-6c0-.7.1-1.3.3-1.9M10 21h4M3.5 3.5l17 17';
export const history = 'M4.5 8A8.5 8.5 0 1 1 3.5 12M4.5 3.5V8H9M12 7.5V12l3 2';
export const more =
  'M4.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M11.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M18.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0';
export const sound = 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11';
export const silent = 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM16 9.5l5 5M21 9.5l-5 5';
export const lines = 'M5 6.5h14M5 12h14M5 17.5h8';
export const chevron = 'M6 9.5l6 6 6-6';
export const note = 'M5 4h14v10l-5 6H5V4ZM14 20v-6h5M8.5 8.5h7M8.5 12h4';
export const bubble = 'M4.5 5h15v10.5H12L7.5 20v-4.5h-3V5Z';
export const clock = 'M12 7.5V12l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z';
