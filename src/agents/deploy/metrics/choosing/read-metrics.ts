import type {CanaryMetric} from '../../../../analysis/canary/metric.ts';
import {metricTrouble} from '../metric-trouble.ts';
import {checkPlaceholders} from '../placeholders.ts';

type Base = 'error-ratio' | 'latency' | 'saturation' | 'restarts' | 'readiness';

/** One metric as the person asked for it. `tolerance` is a part of the stable value. */
export type WantedMetric =
	| {readonly kind: 'built-in'; readonly name: string; readonly base: Base; readonly tolerance: number; readonly quantile?: number}
	| {
			readonly kind: 'named';
			readonly name: string;
			readonly promql: string;
			/** Counters of everything, where `promql` counts a part of it. */
			readonly of?: string;
			readonly worse: CanaryMetric['worse'];
			readonly tolerance: number;
	  };

/** What is compared when nobody asks: each where the workload has it. */
export const usualMetrics = ['error-ratio', 'latency-p99', 'restarts', 'readiness'] as const;

const builtInNames = ['error-ratio', 'latency-p50', 'latency-p95', 'latency-p99', 'restarts', 'readiness', 'saturation'];

/** Differences that do not matter where the person names none. */
const usualTolerances: {readonly [base in Base]: number} = {
	'error-ratio': 0,
	latency: 0.1,
	saturation: 0.25,
	restarts: 0,
	readiness: 0,
};
const namedTolerance = 0.1;

const example = `--metrics 'queue-lag=max by (pod) (queue_lag{namespace="{{namespace}}",pod=~"{{pods}}"});worse=higher;tolerance=10%'`;

/**
 * Reads `--metrics`: each text is one or more built-in names with commas between, or `NAME=PROMQL;worse=higher|lower;tolerance=10%`.
 * @throws MkcoaError `unknown-metric`, `bad-metric`, with what to write instead
 */
export function readMetrics(texts: readonly string[]): readonly WantedMetric[] {
	const wanted = texts.flatMap(readText);
	const twice = wanted.find(({name}, index) => wanted.findIndex(other => other.name === name) < index);
	if (twice === undefined) return wanted;
	throw metricTrouble('bad-metric', {what: `The metric ${twice.name} is given twice`, next: 'Give each metric a name of its own'});
}

function readText(text: string): readonly WantedMetric[] {
	const [head = '', ...rest] = partsOf(text);
	const options = optionsOf(text, rest);
	const [, name, promql] = /^\s*([a-zA-Z][\w-]*)\s*=(?![=~])\s*(.*\S)\s*$/s.exec(head) ?? [];
	if (name !== undefined && promql !== undefined) return [named(name, promql, options)];
	const names = head.split(',').map(part => part.trim());
	if (names.length > 1 && rest.length > 0) {
		throw metricTrouble('bad-metric', {
			what: `The options of ${JSON.stringify(head)} are for several metrics`,
			next: `Write one flag for each: --metrics '${names[0]};${rest[0]}' --metrics ${names[1]}`,
		});
	}
	return names.map(word => builtIn(word, options));
}

/** Semicolons inside of quotes belong to the query. */
function partsOf(text: string): readonly string[] {
	const parts = [''];
	let quote = '';
	let isEscaped = false;
	for (const letter of text) {
		if (letter === ';' && quote === '') {
			parts.push('');
			continue;
		}
		parts[parts.length - 1] += letter;
		if (isEscaped) isEscaped = false;
		else if (letter === '\\' && quote !== '' && quote !== '`') isEscaped = true;
		else if (quote === letter) quote = '';
		else if (quote === '' && ['"', "'", '`'].includes(letter)) quote = letter;
	}
	return parts;
}

type Options = {readonly worse?: CanaryMetric['worse']; readonly tolerance?: number; readonly of?: string};

function optionsOf(text: string, parts: readonly string[]): Options {
	const options: {worse?: CanaryMetric['worse']; tolerance?: number; of?: string} = {};
	for (const part of parts) {
		const [, key = '', value = ''] = /^\s*(\w*)\s*=?\s*(.*?)\s*$/s.exec(part) ?? [];
		if (key === 'worse' && (value === 'higher' || value === 'lower')) options.worse = value;
		else if (key === 'tolerance' && /^\d{1,4}(\.\d+)?%$/.test(value)) options.tolerance = Number(`${value.slice(0, -1)}e-2`);
		else if (key === 'of' && value !== '') options.of = value;
		else {
			throw metricTrouble('bad-metric', {
				what: `The option ${JSON.stringify(part.trim())} of the metric ${JSON.stringify(text)} is not understood`,
				why: 'options are worse=higher, worse=lower, tolerance=10% and of=PROMQL',
				next: `Write it like ${example}`,
			});
		}
	}
	return options;
}

function named(name: string, promql: string, {worse, tolerance = namedTolerance, of}: Options): WantedMetric {
	if (builtInNames.includes(name)) {
		throw metricTrouble('bad-metric', {what: `${name} is a built-in metric`, next: 'Give your query another name'});
	}
	if (worse === undefined) {
		throw metricTrouble('bad-metric', {
			what: `The metric ${name} does not say which way is bad`,
			next: 'Add ;worse=higher or ;worse=lower behind its query',
		});
	}
	for (const text of of === undefined ? [promql] : [promql, of]) checkPlaceholders(name, text);
	return {kind: 'named', name, promql, worse, tolerance, ...(of !== undefined && {of})};
}

function builtIn(word: string, {worse, tolerance, of}: Options): WantedMetric {
	const [, digits] = /^latency-p(\d{1,2}(?:\.\d{1,3})?)$/.exec(word) ?? [];
	const quantile = digits === undefined ? undefined : Number(`${digits}e-2`);
	const base = (['error-ratio', 'saturation', 'restarts', 'readiness'] as const).find(name => name === word);
	if (quantile === undefined ? base === undefined : quantile === 0) {
		throw metricTrouble('unknown-metric', {
			what: `There is no metric ${JSON.stringify(word)}`,
			why: `the built-in ones are ${builtInNames.join(', ')}`,
			next: `Take one of these, or name a query: ${example}`,
		});
	}
	if (worse !== undefined || of !== undefined) {
		throw metricTrouble('bad-metric', {what: `${word} is built in: only its tolerance can be set`, next: `Write ${word};tolerance=10%`});
	}
	const kind = base ?? 'latency';
	return {
		...{kind: 'built-in' as const, name: word, base: kind, tolerance: tolerance ?? usualTolerances[kind]},
		...(quantile !== undefined && {quantile}),
	};
}
