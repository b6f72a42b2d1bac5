import {podPattern} from '../../series/pod-pattern.ts';
import {metricTrouble} from './metric-trouble.ts';

/** One side of the comparison, as queries are filled with it. */
export type Side = {
	/** Name of the Deployment or other workload whose pods these are. */
	readonly workload: string;
	readonly pods: readonly string[];
	/** The Service by which a route sends requests to this side alone. */
	readonly service?: string | undefined;
};

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;
const telling = ['pods', 'workload', 'service'];
const known = [...telling, 'namespace'];

/** @throws MkcoaError `bad-metric` where a query has an unknown placeholder, or asks the same for both versions */
export function checkPlaceholders(name: string, promql: string): void {
	const words = [...promql.matchAll(placeholder)].map(([, word = '']) => word);
	const unknown = words.find(word => !known.includes(word));
	if (unknown !== undefined) {
		throw metricTrouble('bad-metric', {
			what: `The query of ${name} has an unknown placeholder {{${unknown}}}`,
			next: `Placeholders are ${known.map(word => `{{${word}}}`).join(', ')}`,
		});
	}
	if (words.some(word => telling.includes(word))) return;
	throw metricTrouble('bad-metric', {
		what: `The query of ${name} asks the same for both versions, so they cannot be compared by it`,
		next: 'Let it choose by a placeholder that differs: pod=~"{{pods}}", or deployment="{{workload}}"',
	});
}

export const asksForService = (promql: string) => [...promql.matchAll(placeholder)].some(([, word]) => word === 'service');

/** The query for one side. Values of `{{pods}}` are a regular expression, the others plain text; all of them fit between double quotes. */
export const filled = (promql: string, namespace: string, {workload, pods, service = ''}: Side): string =>
	promql.replace(placeholder, (_, word: string) =>
		word === 'pods' ? podPattern(pods) : word === 'workload' ? workload : word === 'service' ? service : namespace,
	);
