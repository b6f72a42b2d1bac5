import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {shortLine} from '../../../core/text/short-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool, type View} from '../../../core/tool.ts';
import {demandMetrics} from '../demand-server.ts';
import {labelsText, shortLabels} from '../model/labels-text.ts';
import type {Choice, MetricsServer} from '../port.ts';
import {remarkLines, toldRemarks} from '../remarks.ts';
import {command, limitField, type OnMonitoring, readOnly, remarksSchema, sinceField, spanOf} from '../tool-input.ts';

/** Of a text of help. */
const mostLetters = 160;

const output = z.object({
	context: z.string(),
	source: z.string(),
	what: z.enum(['metrics', 'series', 'values']),
	/** Metrics with what their authors say of them, label sets, or the values of a label. */
	rows: z.array(
		z.object({
			name: z.string().optional(),
			type: z.string().optional(),
			help: z.string().optional(),
			labels: z.record(z.string(), z.string()).optional(),
			value: z.string().optional(),
		}),
	),
	...remarksSchema,
});
type Output = z.output<typeof output>;
type Row = Output['rows'][number];

export const prometheusSeries = readTool({
	name: 'prometheus_series',
	summary: 'Shows which metrics there are, the series of a selector, or the values of a label',
	effect: 'read',
	annotations: readOnly,
	command: command('series'),
	positionals: ['selector'],
	input: z.object({
		selector: checkedText(2000, /\S/, 'expected a selector')
			.optional()
			.describe('Selector, such as up{job="web"}; the names of metrics if left out'),
		label: checkedText(200, /\S/, 'expected the name of a label').optional().describe('Label whose values are wanted'),
		since: sinceField,
		limit: limitField(50),
	}),
	output,
	async run({selector, label, since, limit}, {ports, clock}: OnMonitoring): Promise<Output> {
		const {context} = await ports.cluster.target(undefined);
		const metrics = await demandMetrics(ports.monitoring);
		const toMs = clock.now();
		const choice = {...(selector === undefined ? {} : {selectors: [selector]}), fromMs: toMs - spanOf(since), toMs};
		const what = label !== undefined ? 'values' : selector !== undefined ? 'series' : 'metrics';
		const told = {context, source: metrics.source, what} as const;
		if (what !== 'series' || selector === undefined) return {...told, ...(await valuesOf(metrics, label, choice, limit))};
		const all = await metrics.series(selector, choice);
		const rows = all.slice(0, limit).map(labels => ({labels: shortLabels(labels)}));
		return {...told, rows, ...toldRemarks({warnings: [], infos: [], partial: false}, rows.length, all.length)};
	},
	text: seriesText,
});

async function valuesOf(metrics: MetricsServer, label: string | undefined, choice: Choice, limit: number) {
	const {value, ...remarks} = await metrics.labelValues(label ?? '__name__', choice);
	const shown = value.slice(0, limit);
	const rows = label === undefined ? await described(metrics, shown) : shown.map(text => ({value: shortLine(text, mostLetters)}));
	return {rows: [...rows], ...toldRemarks(remarks, shown.length, value.length)};
}

async function described(metrics: MetricsServer, names: readonly string[]): Promise<readonly Row[]> {
	const metadata = await metrics.metadata();
	return names.map(name => {
		const [first] = metadata[name] ?? [];
		return {name, ...(first === undefined ? {} : {type: first.type, help: shortLine(first.help, mostLetters)})};
	});
}

function seriesText(told: Output, view: View): string {
	const {context, source, what, rows} = told;
	const nouns = {metrics: 'metrics', series: 'series', values: 'values'} as const;
	if (rows.length === 0)
		return [...textLines('', `No ${nouns[what]} in ${context}, by ${source}`, view), ...remarkLines(told, view)].join('\n');
	const table =
		what === 'metrics'
			? textTable({
					headers: ['METRIC', 'TYPE', 'HELP'],
					rows: rows.map(({name = '', type = '', help = ''}) => [name, type, help]),
					view,
				}).split('\n')
			: rows.flatMap(({labels, value = ''}) => textLines('', labels === undefined ? value : labelsText(labels), view));
	return [...table, ...remarkLines(told, view)].join('\n');
}
