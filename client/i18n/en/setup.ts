/** The setupistrator's pages. */
export default {
  title: 'Set-up',
} as const;
