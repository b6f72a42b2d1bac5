import type {Ended} from './facts.ts';

/** `3 times, the latest at 2026-01-01T10:00:00.000Z` */
export const endedText = ({count: times, latestMs}: Ended) =>
	`${times === 1 ? 'once' : `${times} times`}${latestMs === undefined ? '' : `, ${times === 1 ? '' : 'the latest '}at ${new Date(latestMs).toISOString()}`}`;
