import {canonicalJson} from '../../../../core/json.ts';
import type {Metrics, Sample} from '../../../../mcp/monitoring/port.ts';
import {selectorOf} from '../../../series/find-series.ts';
import {noSeries} from '../../../series/no-series.ts';
import {podPattern} from '../../../series/pod-pattern.ts';
import type {Place} from '../../../series/request-series.ts';
import type {Side} from '../placeholders.ts';
import type {Sides} from '../sides.ts';
import {type CounterRow, counterGrowth, type Growth} from './counter-growth.ts';
import {waitingGrowth} from './waiting-growth.ts';

/** What one counter grew by. `group` is the program that counts, `values` are those of the labels `keys`, such as the code of the answers. */
export type Grown = Growth & {readonly group: string; readonly values: readonly string[]};

export type Look = {readonly spanMs: number; readonly canary: readonly Grown[]; readonly stable: readonly Grown[]};

type Row = CounterRow & Pick<Grown, 'values'> & {readonly name: string; readonly teller: string};

/** Who told the value: the same pod may be scraped by several jobs, which all count the same requests. */
const tellers = ['job', 'instance', 'pod'] as const;

/** Containers of one pod, as scrapers and collectors name them: each is a program that is started anew by itself. */
const containers = ['container', 'exported_container', 'k8s_container_name'] as const;

/** With more series than these an answer would be megabytes at every look. */
const mostSeries = 3000;

type Counters = {
	readonly series: string;
	readonly place: Place;
	/** Labels whose values are told. */
	readonly keys: readonly string[];
	readonly ask: (metrics: Metrics, promql: string) => Promise<readonly Sample[]>;
};

/** Selects the counters, as people read it: with a placeholder for the names. */
export const countersQuery = ({series, place}: Pick<Counters, 'series' | 'place'>, namespace: string) =>
	selectorOf(series, place, namespace, place.by === 'pod' ? '{{pods}}' : '{{service}}');

const summed = ({place, keys}: Counters, selector: string) =>
	`sum by (${[...new Set([place.keyLabel, ...tellers, ...containers, ...keys])].join(', ')}) (${selector})`;

/** By what a version's series are chosen: its pods, or the Service by which gateways count it. */
export const namesOf = (place: Place, {pods, service}: Side) => (place.by === 'pod' ? pods : service === undefined ? [] : [service]);

/**
 * Reads counters of both sides at each look and answers what they grew by since the last look that had both. Series by series, so that one
 * that starts anew is seen beside others that grow; where they are very many, added up by the server for each program, which counts nothing in a look in
 * which one of its sums fell. Both sides begin with
 * the first look; pods that come later, and canary pods that the server knows only later, count from zero.
 * @returns a reader that rejects with `no-series` while a side has none
 */
export function growthReader(counters: Counters, namespace: string) {
	const {series, place, ask} = counters;
	const grow = counterGrowth();
	/** Names that count from where they are first seen: of the first look's stable version, and of pods that another job told of before. */
	let begun: Set<string> | undefined;
	let areMany: boolean | undefined;
	const waiting = waitingGrowth<Row & Grown>();
	return async (metrics: Metrics, sides: Sides): Promise<Look> => {
		const [canary, stable] = [namesOf(place, sides.canary), namesOf(place, sides.stable)];
		if (canary.length === 0 || stable.length === 0)
			throw noSeries(`${canary.length === 0 ? 'the canary' : 'the stable version'} has no pods yet`);
		const names = [...canary, ...stable];
		const selector = selectorOf(series, place, namespace, podPattern(names));
		areMany ??= await isMany(selector, promql => ask(metrics, promql));
		const samples = await ask(metrics, areMany === true ? summed(counters, selector) : selector);
		const rows = samples.flatMap(sample => rowOf(sample, counters)).filter(({name}) => names.includes(name));
		const known = begun;
		const isNew = (group: string) => known !== undefined && !known.has(nameIn(group));
		const grown = grow(toldOnce(rows, place), isNew, {areSums: areMany === true});
		begun = new Set([...(known ?? stable), ...(place.by === 'pod' ? grown.map(({name}) => name) : [])]);
		const now = {canary: of(grown, canary), stable: of(grown, stable)};
		waiting.add(now, samples[0]?.atMs);
		refuseOneSided(now, {canary, stable, source: metrics.source, select: some => selectorOf(series, place, namespace, firstOf(some))});
		return waiting.take();
	};
}

/** Decided once, since sums and single series cannot be subtracted from each other; undefined while there are none. */
async function isMany(selector: string, ask: (promql: string) => Promise<readonly Sample[]>): Promise<boolean | undefined> {
	const [found] = await ask(`count(${selector})`);
	return found === undefined ? undefined : found.value > mostSeries;
}

const of = (rows: readonly (Row & Grown)[], names: readonly string[]) => {
	const mine = new Set(names);
	return rows.filter(({name}) => mine.has(name));
};

const nameIn = (group: string) => group.slice(0, group.indexOf('\u0000'));

/** A counter below nothing counts nothing, whoever told it. */
export const isCount = (value: number) => Number.isFinite(value) && value >= 0;

function rowOf({labels, value}: Sample, {place: {keyLabel}, keys}: Counters): readonly Row[] {
	if (!isCount(value)) return [];
	const name = labels[keyLabel] ?? '';
	const at = (some: readonly string[]) => some.map(label => labels[label] ?? '');
	const teller = [name, ...at(tellers)].join('\u0000');
	const group = [teller, ...at(containers)].join('\u0000');
	return [{name, teller, group, key: canonicalJson(labels), values: at(keys), value}];
}

/** Of a pod that several jobs scrape, the first one's numbers. Gateways are several, and each counts requests of its own. */
function toldOnce(rows: readonly Row[], {by}: Place): readonly Row[] {
	if (by === 'service') return rows;
	const chosen = new Map<string, string>();
	for (const {name, teller} of rows.toSorted((a, b) => (a.teller < b.teller ? -1 : 1))) if (!chosen.has(name)) chosen.set(name, teller);
	return rows.filter(({name, teller}) => chosen.get(name) === teller);
}

type Missed = {
	readonly canary: readonly string[];
	readonly stable: readonly string[];
	readonly source: string;
	/** What was asked for of some names. */
	readonly select: (names: readonly string[]) => string;
};

/** One name is enough for a person to look for. */
const firstOf = (names: readonly string[]) => `${podPattern(names.slice(0, 1))}${names.length > 1 ? '|…' : ''}`;

/** @throws MkcoaError `no-series` that names what is missing with its labels */
function refuseOneSided(counted: Omit<Look, 'spanMs'>, {canary, stable, source, select}: Missed): void {
	const silent = counted.canary.length === 0 ? canary : stable;
	if (counted.canary.length > 0 && counted.stable.length > 0) return;
	if (counted.canary.length === 0 && counted.stable.length === 0)
		throw noSeries(`${source} has no ${select([...stable, ...canary])} of either version`);
	const who = silent === canary ? 'the canary' : 'the stable version';
	throw noSeries(
		`${source} has no ${select(silent)} of ${who}, while the other version is counted: no traffic reaches it, or nothing scrapes its pods`,
	);
}
