import type {Finding} from '../../core/finding.ts';
import type {Trend} from './trend.ts';

/** How long until something is used up, with the interval in which that lies. */
export type TimeLeft = {
	readonly seconds: number;
	readonly earliestSeconds: number;
	/** Null where the trend may as well never get there. */
	readonly latestSeconds: number | null;
};

const hour = 3600;
const day = 24 * hour;

/** When a rising series reaches its limit; now where it has. */
export function timeLeft({level, perMs, lowPerMs, highPerMs}: Extract<Trend, {kind: 'rising'}>, limit: number): TimeLeft {
	const room = Math.max(0, limit - level);
	const seconds = (rate: number) => Math.round(room / rate / 1000);
	return {
		seconds: seconds(perMs),
		earliestSeconds: highPerMs === Number.POSITIVE_INFINITY ? 0 : seconds(highPerMs),
		latestSeconds: lowPerMs > 0 ? seconds(lowPerMs) : null,
	};
}

/** A day is left to act in office hours, three to plan. */
export const severityBy = ({seconds}: Pick<TimeLeft, 'seconds'>): Finding['severity'] =>
	seconds < day ? 'high' : seconds < 3 * day ? 'medium' : 'low';

/** `5h`, `3d`: whole units, as long as two of them. */
function spanText(seconds: number): string {
	if (seconds < 2 * hour) return `${Math.round(seconds / 60)} minutes`;
	return seconds < 2 * day ? `${Math.round(seconds / hour)} hours` : `${Math.round(seconds / day)} days`;
}

/** `in about 5 hours (4 hours to 9 hours)` */
export function timeLeftText({seconds, earliestSeconds, latestSeconds}: TimeLeft): string {
	const [low, high] = [spanText(earliestSeconds), latestSeconds === null ? 'never' : spanText(latestSeconds)];
	return `in about ${spanText(seconds)}${low === high ? '' : ` (between ${low} and ${high})`}`;
}
