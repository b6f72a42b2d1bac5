import * as z from 'zod';
import {age} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import {shortLine} from '../../../core/text/short-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool, type View} from '../../../core/tool.ts';
import {demandMetrics} from '../demand-server.ts';
import {shortLabels} from '../model/labels-text.ts';
import type {Rule} from '../port.ts';
import {command, limitField, type OnMonitoring, readOnly, searchField} from '../tool-input.ts';

const mostLetters = 400;
const states = ['firing', 'pending', 'inactive', 'broken'] as const;

const output = z.object({
	context: z.string(),
	source: z.string(),
	counts: z.object({alerting: z.number(), recording: z.number(), firing: z.number(), pending: z.number(), broken: z.number()}),
	rows: z.array(
		z.object({
			group: z.string(),
			kind: z.enum(['alerting', 'recording']),
			name: z.string(),
			/** Missing for recording rules. */
			state: z.string().optional(),
			query: z.string(),
			forSeconds: z.number(),
			intervalSeconds: z.number(),
			labels: z.record(z.string(), z.string()),
			summary: z.string().optional(),
			runbook: z.string().optional(),
			/** The server's words where the rule could not be evaluated. */
			error: z.string().optional(),
		}),
	),
	leftOut: z.number(),
});
type Output = z.output<typeof output>;
type Row = Output['rows'][number];

export const prometheusRules = readTool({
	name: 'prometheus_rules',
	summary: 'Shows alerting and recording rules that Prometheus evaluates, broken and firing ones first',
	effect: 'read',
	annotations: readOnly,
	command: command('rules'),
	positionals: ['search'],
	input: z.object({
		search: searchField,
		state: z.enum(states).optional().describe('Rules in this state alone'),
		limit: limitField(30),
	}),
	output,
	async run({search, state, limit}, {ports}: OnMonitoring): Promise<Output> {
		const {context} = await ports.cluster.target(undefined);
		const metrics = await demandMetrics(ports.monitoring);
		const all = await metrics.rules();
		const wanted = search?.toLowerCase() ?? '';
		const fitting = all
			.filter(rule => `${rule.name} ${rule.group}`.toLowerCase().includes(wanted) && (state === undefined || stateOf(rule) === state))
			.toSorted((a, b) => rank(a) - rank(b));
		const rows = fitting.slice(0, limit).map(toldRule);
		const counted = (of: string) => all.filter(rule => stateOf(rule) === of || rule.kind === of).length;
		return {
			...{context, source: metrics.source, rows, leftOut: fitting.length - rows.length},
			counts: {
				...{alerting: counted('alerting'), recording: counted('recording')},
				...{firing: counted('firing'), pending: counted('pending'), broken: counted('broken')},
			},
		};
	},
	text: rulesText,
});

const stateOf = ({health, state}: Rule) => (health === 'err' ? 'broken' : state);
const order = ['broken', 'firing', 'pending', 'inactive'];
const rank = (rule: Rule) => (stateOf(rule) === undefined ? order.length : order.indexOf(stateOf(rule) ?? ''));

function toldRule(rule: Rule): Row {
	const {group, kind, name, query, forSeconds, intervalSeconds, labels, annotations, lastError} = rule;
	const summary = annotations.summary ?? annotations.message ?? annotations.description;
	return {
		...{group, kind, name, forSeconds, intervalSeconds, query: shortLine(query, mostLetters), labels: shortLabels(labels)},
		...(rule.state === undefined ? {} : {state: rule.state}),
		...(summary === undefined ? {} : {summary: shortLine(summary, mostLetters)}),
		...(annotations.runbook_url === undefined ? {} : {runbook: shortLine(annotations.runbook_url, mostLetters)}),
		...(lastError === '' ? {} : {error: shortLine(lastError, mostLetters)}),
	};
}

function rulesText({context, source, counts, rows, leftOut}: Output, view: View): string {
	const {alerting, recording, firing, broken} = counts;
	const head = `${count(alerting, 'alerting rule')} (${firing} firing) and ${count(recording, 'recording rule')} in ${context}${
		broken === 0 ? '' : `, ${broken} of them broken`
	}, by ${source}`;
	const table = textTable({
		headers: ['RULE', 'STATE', 'FOR', 'SEVERITY', 'GROUP', 'SAYS'],
		rows: rows.map(({name, state = 'recording', forSeconds, labels, group, summary, error, query}) => [
			...[name, error === undefined ? state : 'broken', forSeconds === 0 ? '-' : age(forSeconds * 1000), labels.severity ?? '-', group],
			error ?? summary ?? query,
		]),
		view,
	});
	return [
		...(view.terminal || rows.length === 0 ? textLines('', head, view) : []),
		...(rows.length === 0 ? [] : [table]),
		...(leftOut > 0 ? textLines('', `${count(leftOut, 'rule')} more: --limit shows more`, view) : []),
	].join('\n');
}
