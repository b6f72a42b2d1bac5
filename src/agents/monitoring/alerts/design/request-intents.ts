import type {Intent} from '../../../../analysis/alert-rules/intents/intent.ts';
import type {Metrics} from '../../../../mcp/monitoring/port.ts';
import {findSeries, selectorOf} from '../../../series/find-series.ts';
import {podPattern} from '../../../series/pod-pattern.ts';
import type {HistogramSeries, Place, RequestSeries} from '../../../series/request-series.ts';
import {codeLabels} from '../../../series/series-names.ts';
import {durationOf} from '../../duration-of.ts';
import type {Subject} from '../../metrics/subject.ts';
import type {DesignInput} from './design-input.ts';
import type {Naming} from './naming.ts';
import {partOf} from './part-of.ts';
import {refused} from './refused.ts';

type Pods = Extract<Subject, {kind: 'pods'}>;
type Asking = {readonly metrics: Metrics; readonly subject: Pods; readonly asked: DesignInput; readonly naming: Naming};

/** Counters of the requests that failed, and of all of them. */
type Counters = {readonly bad: string; readonly total: string; readonly by: readonly string[]};

/** Alerts on how requests of pods are answered, in the names of the usual libraries and meshes. */
export async function requestIntent(kind: 'errors' | 'latency' | 'slo', asking: Asking): Promise<Intent> {
	const {metrics, subject} = asking;
	const found = await findSeries(metrics, {
		...{namespace: subject.namespace, pods: subject.names, podsFirst: true},
		...(subject.service === undefined ? {} : {service: subject.service}),
	});
	if (kind === 'latency') {
		if (found.histogram === undefined) throw notCounted(asking, 'how long its answers take', 'histogram');
		return latencyIntent(asking, found.histogram);
	}
	if (found.requests === undefined) throw notCounted(asking, 'its requests', 'counter');
	const counters = countersOf(found.requests, subject);
	return kind === 'slo' ? burnIntent(asking, counters) : ratioIntent(asking, counters);
}

const notCounted = ({metrics, naming}: Asking, what: string, metric: string) =>
	refused(
		'nothing-measured',
		`${metrics.source} has no numbers of ${what}`,
		`Let ${naming.of} be scraped, or give PromQL of your own: mkcoa monitor rules query --query '…' --above 1`,
		`no ${metric} of a usual library or mesh is scraped from its pods`,
	);

const selectorAt = (series: string, place: Place, {namespace, names, service = ''}: Pods, more = '') =>
	selectorOf(series, {...place, matchers: `${place.matchers}${more}`}, namespace, podPattern(place.by === 'pod' ? names : [service]));

/** The pattern as RE2 reads it inside the double quotes of PromQL, which anchors it by itself. */
const patternOf = (failed: RegExp) =>
	failed.source
		.replace(/^\^|\$$/g, '')
		.replaceAll('\\d', '[0-9]')
		.replace('xx', failed.flags.includes('i') ? 'xx|XX' : 'xx');

function countersOf({counter, codeLabel, place}: RequestSeries, subject: Pods): Counters {
	const code = codeLabels.find(({label}) => label === codeLabel);
	if (code === undefined) throw new Error(`nobody knows the label ${codeLabel}`);
	// A code that says that the client went away is neither a failure nor a success.
	const answered = code.unanswered === undefined ? '' : `,${codeLabel}!="${code.unanswered.code}"`;
	return {
		total: selectorAt(counter, place, subject, answered),
		bad: selectorAt(counter, place, subject, `,${codeLabel}=~"${patternOf(code.failed)}"`),
		by: [place.namespaceLabel],
	};
}

const ratioIntent = ({asked, naming}: Asking, {bad, total, by}: Counters): Intent => ({
	...{...naming.common('Errors'), kind: 'ratio', bad, total, by, threshold: partOf(asked.above ?? 5, 'requests')},
	summary: `Too many requests to ${naming.of} fail`,
});

function burnIntent({asked, naming}: Asking, {bad, total, by}: Counters): Intent {
	// Nobody promises so little: it was meant as a part of 1.
	if (asked.objective <= 1)
		throw refused(
			'bad-objective',
			`An objective of ${asked.objective} % is kept by nearly nothing`,
			`Write per cent, such as --objective ${asked.objective === 1 ? 99.9 : Number((100 * asked.objective).toPrecision(12))}`,
		);
	return {
		...{...naming.common('ErrorBudgetBurn'), kind: 'burn', bad, total, by},
		slo: naming.slug,
		objective: {objective: asked.objective / 100, windowSeconds: durationOf(asked.window) / 1000},
		summary: `The error budget of ${naming.of} is used up too fast`,
	};
}

function latencyIntent({asked, naming, subject}: Asking, {series, place, unit}: HistogramSeries): Intent {
	const {above = 1} = asked;
	if (above <= 0) throw refused('bad-threshold', `No answer takes ${above} s`, 'Give a number of seconds above 0, such as --above 0.25');
	const isNative = !series.endsWith('_bucket');
	// A native histogram has no quantiles of a summary to be told from.
	const own = {...place, matchers: place.matchers.replace(',quantile=""', '')};
	return {
		...{...naming.common('Slow'), kind: 'latency', isNative, unit, by: [place.namespaceLabel]},
		selector: selectorAt(series.replace(/_bucket$/, ''), own, subject),
		...{quantile: asked.quantile, threshold: above},
		summary: `Answers of ${naming.of} are slow`,
	};
}
