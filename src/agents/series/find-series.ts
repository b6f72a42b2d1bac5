import type {Metrics, Sample} from '../../mcp/monitoring/port.ts';
import {seenLately} from './lately.ts';
import {podPattern} from './pod-pattern.ts';
import type {HistogramSeries, Place, RequestSeries} from './request-series.ts';
import {besideLabels, codeLabels, gateways, latencyHistograms, namings, requestCounters} from './series-names.ts';

/** Whose series are looked for. */
export type Subject = {
	readonly namespace: string;
	/** Of the version that serves now, as `namesLately` tells them. */
	readonly pods: readonly string[];
	/** The Service by which a route sends it requests; missing where no route splits the traffic. */
	readonly service?: string | undefined;
	/** What pods count comes before what gateways count by Service, as where a fresh copy stands behind the same Service as the stable version. */
	readonly podsFirst?: boolean | undefined;
};

export type FoundSeries = {
	readonly requests: RequestSeries | undefined;
	readonly histogram: HistogramSeries | undefined;
};

/** Enough pods to learn what their program counts. */
const askedPods = 50;

type Naming = {readonly keyLabel: string; readonly namespaceLabel: string};
type Known = readonly {readonly name: string; readonly needs?: {readonly [label: string]: string}; readonly unit?: number}[];
type Counters = typeof requestCounters;

/** `a="b",` for each label that must have a value. */
const matchersOf = (needs: {readonly [label: string]: string}) =>
	Object.entries(needs)
		.map(([label, value]) => `,${label}="${value}"`)
		.join('');

/** Selects the series at a place whose names fit a pattern. */
export const selectorOf = (series: string, {keyLabel, namespaceLabel, matchers}: Place, namespace: string, pattern: string) =>
	`${series}{${namespaceLabel}="${namespace}",${keyLabel}=~"${pattern}"${matchers}}`;

/**
 * What the workload is counted by, in the names of the usual libraries and meshes. Where a route splits the traffic, the gateway's
 * counts come first, unless pods are to: they hold requests that never reached a pod. One query for each way of naming pods. What was counted
 * some minutes ago counts: pods that were made anew have no series until they are scraped, and a plan must not depend on that moment.
 */
export async function findSeries(metrics: Metrics, subject: Subject): Promise<FoundSeries> {
	let found: FoundSeries = {requests: undefined, histogram: undefined};
	for (const {by, naming, counters, histograms, names} of placesOf(subject)) {
		if (found.requests !== undefined && found.histogram !== undefined) break;
		if (names.length === 0) continue;
		const rows = await metrics.query(inventory(naming, subject.namespace, names, [...counters, ...histograms.flatMap(bucketsOf)]));
		const place = {by, ...naming};
		found = {
			requests: found.requests ?? requestsIn(rows, counters, place),
			histogram: found.histogram ?? histogramIn(rows, histograms, place),
		};
	}
	return found;
}

function placesOf({pods, service, podsFirst}: Subject) {
	const byService = service === undefined ? [] : gateways.map(gateway => ({by: 'service' as const, ...gateway, names: [service]}));
	const byPod = namings.map(naming => ({
		...{by: 'pod' as const, naming, counters: requestCounters, histograms: latencyHistograms},
		names: pods.slice(0, askedPods),
	}));
	return podsFirst === true ? [...byPod, ...byService] : [...byService, ...byPod];
}

/** A histogram has classic buckets, or is a native one under the bare name. */
const bucketsOf = ({name, ...more}: Known[number]) => [
	{name: `${name}_bucket`, ...more},
	{name, ...more},
];

/** Names and telling labels of all series that there were lately. A summary has the name of a native histogram, and quantiles. */
function inventory({keyLabel, namespaceLabel}: Naming, namespace: string, names: readonly string[], known: Known): string {
	const telling = [...codeLabels.map(({label}) => label), ...new Set(known.flatMap(({needs = {}}) => Object.keys(needs)))];
	const pattern = [...new Set(known.map(({name}) => name))].join('|');
	const selector = `{__name__=~"${pattern}",${namespaceLabel}="${namespace}",${keyLabel}=~"${podPattern(names)}",quantile=""}`;
	return `group by (__name__, ${telling.join(', ')}) (${seenLately(selector)})`;
}

const fits = ({labels}: Sample, {name, needs = {}}: Known[number]) =>
	labels.__name__ === name && Object.entries(needs).every(([label, value]) => labels[label] === value);

function requestsIn(rows: readonly Sample[], counters: Counters, place: Omit<Place, 'matchers'>): FoundSeries['requests'] {
	for (const counter of counters) {
		const mine = rows.filter(row => fits(row, counter));
		const code = codeLabels.find(({label, looks}) => mine.some(({labels}) => looks.test(labels[label] ?? '')));
		if (code === undefined) continue;
		const {name, needs = {}, beside} = counter;
		const isOptional = besideLabels.some(({label, isWithoutCode}) => label === beside && isWithoutCode);
		const matchers = `${matchersOf(needs)}${isOptional ? '' : `,${code.label}!=""`}`;
		return {kind: 'requests', place: {...place, matchers}, counter: name, codeLabel: code.label, ...(beside !== undefined && {beside})};
	}
	return undefined;
}

function histogramIn(rows: readonly Sample[], histograms: Known, place: Omit<Place, 'matchers'>): FoundSeries['histogram'] {
	for (const histogram of histograms) {
		const series = bucketsOf(histogram).find(known => rows.some(row => fits(row, known)))?.name;
		if (series === undefined) continue;
		const noSummary = series === histogram.name ? ',quantile=""' : '';
		const matchers = `${matchersOf(histogram.needs ?? {})}${noSummary}`;
		return {kind: 'histogram', place: {...place, matchers}, series, unit: histogram.unit ?? 1};
	}
	return undefined;
}
