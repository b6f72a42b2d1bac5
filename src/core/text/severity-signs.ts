/** What stands before a line, by how grave it is. */
export const severitySigns = {critical: '✗', high: '✗', medium: '!', low: '-'} as const;
