/** The administrator's pages. */
export default {
  title: 'Administration',
} as const;
