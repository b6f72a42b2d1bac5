import {createHash} from 'node:crypto';

/** Longest name of most objects, of a Service, and longest value of a label. */
export const longest = {name: 253, service: 63, label: 63} as const;

/**
 * A name within a limit. One that is too long ends in a hash of the whole, so that two long ones differ; the suffix stays readable.
 * @param suffix comes last and is never cut
 */
export function shortName(text: string, limit: number, suffix = ''): string {
	if (text.length + suffix.length <= limit) return text + suffix;
	const hash = createHash('sha256').update(text).digest('hex').slice(0, 10);
	const room = limit - suffix.length - hash.length - 1;
	return `${text.slice(0, room).replace(/[-._]+$/, '')}-${hash}${suffix}`;
}
