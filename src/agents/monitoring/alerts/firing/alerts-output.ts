import * as z from 'zod';
import type {Finding} from '../../../../core/finding.ts';
import {age} from '../../../../core/text/age.ts';
import {count} from '../../../../core/text/count.ts';
import {fence} from '../../../../core/text/fence.ts';
import {textLines} from '../../../../core/text/styled.ts';
import {textTable} from '../../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../../core/text/unchecked-lines.ts';
import type {View} from '../../../../core/tool.ts';

import {uncheckedSchema, unseenFinding} from '../../../../core/unchecked.ts';
import {plainLine} from '../../../../mcp/kubernetes/model/untrusted-text.ts';

import type {ActiveAlert} from './join-alerts.ts';

const alert = z.object({
	name: z.string(),
	severity: z.string(),
	state: z.enum(['firing', 'pending']),
	since: z.iso.datetime().optional(),
	/** What it is about, by its labels: `shop deployment/web`. */
	object: z.string(),
	summary: z.string(),
	runbook: z.string().optional(),
	labels: z.record(z.string(), z.string()),
	silences: z.array(z.object({id: z.string(), by: z.string(), comment: z.string(), until: z.iso.datetime().optional()})),
	inhibited: z.boolean(),
	receivers: z.array(z.string()),
	/** How often it began within the time that was asked for. */
	times: z.number().optional(),
});

export const alertsSchema = z.object({
	context: z.string(),
	sources: z.array(z.string()),
	/** How far back `times` counts. */
	since: z.string(),
	alerts: z.array(alert),
	/** More alerts there were. */
	leftOut: z.number(),
	notChecked: z.array(uncheckedSchema),
});
export type ToldAlerts = z.output<typeof alertsSchema>;
type ToldAlert = ToldAlerts['alerts'][number];

/** Labels that name an object, the nearest first. */
const objectLabels = [
	...['pod', 'deployment', 'statefulset', 'daemonset', 'cronjob', 'job_name', 'horizontalpodautoscaler', 'persistentvolumeclaim'],
	...['poddisruptionbudget', 'service', 'node', 'instance', 'slo', 'job'],
];

function objectOf(labels: ActiveAlert['labels']): string {
	const label = objectLabels.find(name => labels[name] !== undefined && labels[name] !== '');
	return [labels.namespace, label === undefined ? undefined : `${label.replace('_name', '')}/${labels[label]}`].filter(Boolean).join(' ');
}

const isoOf = (ms: number) => (Number.isFinite(ms) ? new Date(ms).toISOString() : undefined);

export function toldAlert({sinceMs, silences, isInhibited, times, runbook, ...own}: ActiveAlert): ToldAlert {
	const since = isoOf(sinceMs);
	const {name, severity, summary, labels} = own;
	return {
		...{...own, labels: {...labels}, receivers: [...own.receivers], inhibited: isInhibited},
		// Whoever writes rules and silences writes these.
		...{name: plainLine(name), severity: plainLine(severity), object: plainLine(objectOf(labels)), summary: plainLine(summary)},
		...(since === undefined ? {} : {since}),
		...(runbook === undefined ? {} : {runbook: plainLine(runbook)}),
		...(times === undefined ? {} : {times}),
		silences: silences.map(({id, createdBy, comment, endsAtMs}) => {
			const until = isoOf(endsAtMs);
			return {id, by: plainLine(createdBy), comment: plainLine(comment), ...(until === undefined ? {} : {until})};
		}),
	};
}

const isQuiet = ({silences, inhibited}: ToldAlert) => silences.length > 0 || inhibited;
const stateOf = (one: ToldAlert) => (one.silences.length > 0 ? 'silenced' : one.inhibited ? 'inhibited' : one.state);

/** What people and programs wrote of them. */
const fenced = (origin: string, texts: readonly string[], view: View) =>
	texts.length === 0 ? [] : ['', fence(origin, texts.flatMap(text => textLines('', text, view)).join('\n'))];

/** What fires now, the gravest first; below the table what each says, and why some are kept quiet. */
export function alertsText({sources, since, alerts, leftOut, notChecked}: ToldAlerts, view: View): string {
	const firing = alerts.filter(one => one.state === 'firing' && !isQuiet(one)).length;
	const quiet = alerts.filter(isQuiet).length;
	const pending = alerts.filter(({state}) => state === 'pending').length;
	const head = `${firing === 0 ? 'No alert fires' : firing === 1 ? '1 alert fires' : `${firing} alerts fire`}, ${pending} pending, ${quiet} silenced or inhibited, by ${sources.join(' and ')}`;
	const when = ({since: begin}: ToldAlert) => (begin === undefined ? '' : view.terminal ? age(view.nowMs - Date.parse(begin)) : begin);
	const table =
		alerts.length === 0
			? []
			: [
					textTable({
						headers: ['ALERT', 'SEVERITY', 'STATE', 'SINCE', 'OBJECT', `IN ${since}`],
						rows: alerts.map(one => [
							one.name,
							one.severity,
							stateOf(one),
							when(one),
							one.object,
							one.times === undefined ? '' : `${one.times}x`,
						]),
						view,
					}),
				];
	const said = [...Map.groupBy(alerts, one => `${one.name}: ${one.summary}`)].filter(([, [first]]) => first?.summary !== '');
	const kept = alerts.flatMap(one =>
		one.silences.map(
			({by, comment, until}) => `${one.name} is silenced by ${by}${until === undefined ? '' : ` until ${until}`}: ${comment}`,
		),
	);
	return [
		...textLines('', head, view),
		...table,
		...(leftOut > 0 ? [`and ${count(leftOut, 'more alert')}`] : []),
		...fenced(
			'summaries of alerts',
			said.map(([text]) => text),
			view,
		),
		...fenced('comments of silences', [...new Set(kept)], view),
		...uncheckedLines(notChecked, view),
	].join('\n');
}

const gravity: {readonly [severity: string]: Finding['severity']} = {
	critical: 'critical',
	page: 'critical',
	error: 'high',
	warning: 'medium',
};

/** What is told of alerts that nobody has put aside. */
export const alertFindings = ({alerts, notChecked}: ToldAlerts): readonly Finding[] => [
	...alerts
		.filter(one => one.state === 'firing' && !isQuiet(one))
		.map(
			({name, severity, object, summary, labels}): Finding => ({
				...{id: name, status: 'fail', severity: gravity[severity] ?? 'low', cause: [object, summary].filter(Boolean).join(': ') || name},
				evidence: [{source: 'labels of the alert', detail: JSON.stringify(labels)}],
				noRemedy: 'See what is wrong with: mkcoa incident detect',
			}),
		),
	...notChecked.map(unseenFinding),
];
