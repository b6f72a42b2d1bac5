import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {canonicalJson} from '../../../core/json.ts';
import {sinceText} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import {shortLine} from '../../../core/text/short-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool, type View} from '../../../core/tool.ts';
import type {Alertmanager, ManagedAlert} from '../alertmanager/port.ts';
import {demandMetrics} from '../demand-server.ts';
import {shortLabels} from '../model/labels-text.ts';
import {matcherTexts, parseMatcher} from '../model/matchers.ts';
import type {Labels, MetricsServer, RuleAlert} from '../port.ts';
import {command, limitField, matchersField, type OnMonitoring, readOnly} from '../tool-input.ts';

const mostLetters = 400;

const row = z.object({
	name: z.string(),
	/** `active`, `suppressed` (silenced or inhibited), `unprocessed`; without an Alertmanager `firing` or `pending`. */
	state: z.string(),
	severity: z.string().optional(),
	labels: z.record(z.string(), z.string()),
	summary: z.string().optional(),
	since: z.iso.datetime(),
	/** Ids of silences. */
	silencedBy: z.array(z.string()).optional(),
	/** Fingerprints of alerts. */
	inhibitedBy: z.array(z.string()).optional(),
	receivers: z.array(z.string()).optional(),
});
const output = z.object({
	context: z.string(),
	source: z.string(),
	rows: z.array(row),
	leftOut: z.number(),
	/** Without an Alertmanager: why, and so what is not known. */
	notChecked: z.array(z.object({what: z.string(), why: z.string()})),
});
type Output = z.output<typeof output>;
type Row = z.output<typeof row>;

export const alertsList = readTool({
	name: 'alerts_list',
	summary: 'Shows alerts that fire now, silenced and inhibited ones marked, by Alertmanager or else by Prometheus',
	effect: 'read',
	annotations: readOnly,
	command: command('alerts'),
	positionals: ['matchers'],
	input: z.object({
		matchers: matchersField,
		receiver: checkedText(200, /\S/, 'expected the name of a receiver').optional().describe('Alerts that go to this receiver alone'),
		limit: limitField(50),
	}),
	output,
	async run({matchers, receiver, limit}, {ports}: OnMonitoring): Promise<Output> {
		const texts = matcherTexts(matchers.map(parseMatcher));
		const {context} = await ports.cluster.target(undefined);
		const found = await ports.monitoring.alertmanager();
		if (found.port !== undefined) return {context, ...(await managed(found.port, {texts, receiver, limit})), notChecked: []};
		const metrics = await demandMetrics(ports.monitoring);
		return {context, ...(await evaluated(metrics, texts, limit)), notChecked: [{what: 'silences, inhibitions, receivers', why: found.why}]};
	},
	text: alertsText,
});

type Wish = {readonly texts: readonly string[]; readonly receiver: string | undefined; readonly limit: number};

async function managed(manager: Alertmanager, {texts, receiver, limit}: Wish) {
	const all = await manager.alerts({matchers: texts, ...(receiver === undefined ? {} : {receiver: wholeName(receiver)})});
	const sorted = all.toSorted((a, b) => rankOf(a) - rankOf(b) || b.startsAtMs - a.startsAtMs);
	const rows = sorted.slice(0, limit).map(
		({labels, annotations, state, startsAtMs, silencedBy, inhibitedBy, receivers}): Row => ({
			...{...about(labels, annotations), state, since: new Date(startsAtMs).toISOString()},
			...{silencedBy: [...silencedBy], inhibitedBy: [...inhibitedBy], receivers: [...receivers]},
		}),
	);
	return {source: manager.source, rows, leftOut: all.length - rows.length};
}

/** Alertmanager takes a regular expression. */
const wholeName = (name: string) => `^${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;

const severities = ['critical', 'page', 'error', 'warning', 'info', 'none'];
const severityRank = ({severity = ''}: Labels) => (severities.includes(severity) ? severities.indexOf(severity) : severities.length);
const rankOf = ({state, labels}: Pick<ManagedAlert, 'state' | 'labels'>) => (state === 'suppressed' ? 100 : 0) + severityRank(labels);

/** The metric ALERTS knows matchers; the list of alerts has their words. */
async function evaluated(metrics: MetricsServer, texts: readonly string[], limit: number) {
	const all = await metrics.alerts();
	const fitting = texts.length === 0 ? all : await thoseOf(all, metrics, texts);
	const rows = fitting
		.toSorted((a, b) => severityRank(a.labels) - severityRank(b.labels) || b.activeAtMs - a.activeAtMs)
		.slice(0, limit)
		.map(
			({labels, annotations, state, activeAtMs}): Row => ({
				...about(labels, annotations),
				state,
				since: new Date(activeAtMs).toISOString(),
			}),
		);
	return {source: metrics.source, rows, leftOut: fitting.length - rows.length};
}

async function thoseOf(all: readonly RuleAlert[], metrics: MetricsServer, texts: readonly string[]): Promise<readonly RuleAlert[]> {
	const {value} = await metrics.instant(`ALERTS{${texts.join(',')}}`);
	const named = new Set(value.map(({labels: {__name__: _, alertstate: __, ...labels}}) => canonicalJson(labels)));
	return all.filter(({labels}) => named.has(canonicalJson({...labels})));
}

function about({alertname = '', ...labels}: Labels, annotations: Labels) {
	const summary = annotations.summary ?? annotations.message ?? annotations.description;
	return {
		...{name: alertname, labels: shortLabels(labels)},
		...(labels.severity === undefined ? {} : {severity: labels.severity}),
		...(summary === undefined ? {} : {summary: shortLine(summary, mostLetters)}),
	};
}

const objectOf = ({labels: {namespace, pod, deployment, node, instance, service}}: Row) => {
	const name = pod ?? deployment ?? service ?? node ?? instance ?? '';
	return namespace === undefined ? name : `${namespace}${name === '' ? '' : `/${name}`}`;
};

function stateText({state, silencedBy = []}: Row): string {
	if (state !== 'suppressed') return state;
	return silencedBy.length > 0 ? 'silenced' : 'inhibited';
}

function alertsText({context, source, rows, leftOut, notChecked}: Output, view: View): string {
	const all = rows.length + leftOut;
	const head = all === 0 ? `No alert fires in ${context}, by ${source}` : `${count(all, 'alert')} in ${context}, by ${source}`;
	const table = textTable({
		headers: ['ALERT', 'SEVERITY', 'STATE', 'SINCE', 'WHERE', 'SAYS'],
		rows: rows.map(each => [
			each.name,
			each.severity ?? '-',
			stateText(each),
			sinceText(each.since, view),
			objectOf(each),
			each.summary ?? '',
		]),
		view,
	});
	return [
		...(view.terminal || all === 0 ? textLines('', head, view) : []),
		...(rows.length === 0 ? [] : [table]),
		...(leftOut > 0 ? textLines('', `${count(leftOut, 'alert')} more: --limit shows more`, view) : []),
		...notChecked.flatMap(({what, why}) => textLines('', `Not checked: ${what}, because ${why}`, view)),
	].join('\n');
}
