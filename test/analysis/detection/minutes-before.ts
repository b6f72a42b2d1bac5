/** So many minutes before a moment, as the server writes a time. */
export const minutesBefore = (at: string) => (minutes: number) =>
	new Date(Date.parse(at) - minutes * 60_000).toISOString().replace('.000Z', 'Z');
