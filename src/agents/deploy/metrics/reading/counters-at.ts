import type {Metrics, Sample} from '../../../../mcp/monitoring/port.ts';
import type {Place} from '../choosing/chosen-metric.ts';
import {selectorOf} from '../choosing/find-series.ts';
import {noSeries} from '../metric-trouble.ts';
import type {Side} from '../placeholders.ts';
import {podPattern} from '../pod-pattern.ts';
import type {Sides} from '../sides.ts';
import {type CounterRow, counterGrowth} from './counter-growth.ts';
import {waitingGrowth} from './waiting-growth.ts';

/** What one counter grew by. `group` is the program that counts, `key` tells its counters apart, such as the code of the answers. */
export type Grown = {readonly group: string; readonly key: string; readonly grown: number};

export type Look = {readonly spanMs: number; readonly canary: readonly Grown[]; readonly stable: readonly Grown[]};

type Row = CounterRow & {readonly name: string};

/** Who told the value: the same pod may be scraped by several jobs, which all count the same requests. */
const tellers = ['job', 'instance'] as const;

type Counters = {
	readonly series: string;
	readonly place: Place;
	/** Labels that tell counters of one pod apart. */
	readonly keys: readonly string[];
	readonly ask: (metrics: Metrics, promql: string) => Promise<readonly Sample[]>;
};

/** The query that a reader of counters sends; without a pattern of names as people read it, with a placeholder. */
export const countersQuery = (
	{series, place, keys}: Omit<Counters, 'ask'>,
	namespace: string,
	pattern = place.by === 'pod' ? '{{pods}}' : '{{service}}',
) => {
	const labels = [place.keyLabel, ...tellers, ...(place.by === 'service' && place.keyLabel !== 'pod' ? ['pod'] : []), ...keys];
	return `sum by (${labels.join(', ')}) (${selectorOf(series, place, namespace, pattern)})`;
};

const namesOf = (place: Place, {pods, service}: Side) => (place.by === 'pod' ? pods : service === undefined ? [] : [service]);

/**
 * Reads counters of both sides at each look and answers what they grew by since the last look that had both. Both sides begin with the first look;
 * pods that come later, and canary pods that the server knows only later, count from zero.
 * @returns a reader that rejects with `no-series` while a side has none
 */
export function growthReader({series, place, keys, ask}: Counters, namespace: string) {
	const grow = counterGrowth();
	/** Names that count from where they are first seen: of the first look's stable version, and of pods that another job told of before. */
	let begun: Set<string> | undefined;
	const waiting = waitingGrowth<Row & Grown>();
	return async (metrics: Metrics, sides: Sides): Promise<Look> => {
		const [canary, stable] = [namesOf(place, sides.canary), namesOf(place, sides.stable)];
		if (canary.length === 0 || stable.length === 0)
			throw noSeries(`${canary.length === 0 ? 'the canary' : 'the stable version'} has no pods yet`);
		const names = [...canary, ...stable];
		const samples = await ask(metrics, countersQuery({series, place, keys}, namespace, podPattern(names)));
		const rows = samples.flatMap(sample => rowOf(sample, place, keys)).filter(({name}) => names.includes(name));
		const known = begun;
		const grown = grow(toldOnce(rows, place), group => known !== undefined && !known.has(nameIn(group)));
		begun = new Set([...(known ?? stable), ...(place.by === 'pod' ? grown.map(({name}) => name) : [])]);
		const now = {canary: of(grown, canary), stable: of(grown, stable)};
		waiting.add(now, samples[0]?.atMs);
		refuseOneSided(now, series, metrics.source);
		return waiting.take();
	};
}

const of = (rows: readonly (Row & Grown)[], names: readonly string[]) => {
	const mine = new Set(names);
	return rows.filter(({name}) => mine.has(name));
};

/** Values of the `keys` of a counter, in their order. */
export const valuesIn = (key: string): readonly string[] => key.split('\u0000');

const nameIn = (group: string) => group.slice(0, group.indexOf('\u0000'));

/** A counter below nothing counts nothing, whoever told it. */
export const isCount = (value: number) => Number.isFinite(value) && value >= 0;

function rowOf({labels, value}: Sample, {keyLabel}: Place, keys: readonly string[]): readonly Row[] {
	if (!isCount(value)) return [];
	const name = labels[keyLabel] ?? '';
	const teller = [...tellers, 'pod'].map(label => labels[label] ?? '').join('\u0000');
	return [{name, group: `${name}\u0000${teller}`, key: keys.map(key => labels[key] ?? '').join('\u0000'), value}];
}

/** Of a pod that several jobs scrape, the first one's numbers. Gateways are several, and each counts requests of its own. */
function toldOnce(rows: readonly Row[], {by}: Place): readonly Row[] {
	if (by === 'service') return rows;
	const chosen = new Map<string, string>();
	for (const {name, group} of rows.toSorted((a, b) => (a.group < b.group ? -1 : 1))) if (!chosen.has(name)) chosen.set(name, group);
	return rows.filter(({name, group}) => chosen.get(name) === group);
}

function refuseOneSided({canary, stable}: Omit<Look, 'spanMs'>, series: string, source: string): void {
	if (canary.length > 0 && stable.length > 0) return;
	const who = canary.length > 0 ? 'the stable version' : stable.length > 0 ? 'the canary' : 'both versions';
	const other = canary.length > 0 ? canary : stable;
	const sum = other.length === 0 ? '' : ', while the other version is counted: no traffic reaches it, or nothing scrapes its pods';
	throw noSeries(`${source} has no ${series} of ${who}${sum}`);
}
