import * as z from 'zod';
import {count} from '../../../core/text/count.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import {type Context, readTool, type View} from '../../../core/tool.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';
import {grafanaInput, makeDashboard} from '../dashboard/grafana/made-dashboard.ts';
import type {MonitoringPorts} from '../ports.ts';

const output = z.object({
	title: z.string(),
	context: z.string(),
	source: z.string(),
	uid: z.string(),
	panels: z.array(z.object({title: z.string(), section: z.string(), queries: z.number(), series: z.number()})),
	/** Panels and lines that no series answers. */
	leftOut: z.array(uncheckedSchema),
	/** The model that Grafana imports. */
	dashboard: z.record(z.string(), z.json()),
});
type Told = z.output<typeof output>;

/** A person at a terminal is told what is in it; a pipe and a file get the model alone. */
function toldText({title, context, source, uid, panels, leftOut, dashboard}: Told, view: View): string {
	if (!view.terminal) return JSON.stringify(dashboard, null, 2);
	const rows = panels.map(panel => [panel.section, panel.title, panel.queries, panel.series]);
	return [
		...textLines('', `${title} in ${context}: ${count(panels.length, 'panel')} whose queries ${source} answered, as ${uid}`, view),
		'',
		...textTable({headers: ['SECTION', 'PANEL', 'QUERIES', 'SERIES'], rows, view}).split('\n'),
		...uncheckedLines(leftOut, view),
		'',
		...textLines('', `The dashboard itself goes to a file or a pipe: mkcoa monitor grafana … > ${uid}.json`, view),
	].join('\n');
}

export const dashboardGenerate = readTool({
	name: 'dashboard_generate',
	summary: 'Makes a dashboard for Grafana of a workload, a namespace or the nodes; every query is checked, and none is empty',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['monitor', 'grafana'],
	positionals: ['target'],
	input: grafanaInput.meta({examples: ['mkcoa monitor grafana web > web.json', 'mkcoa monitor grafana namespace/shop > shop.json']}),
	output,
	text: toldText,

	async run(input: z.output<typeof grafanaInput>, context: Context<MonitoringPorts>) {
		const {read, uid, model} = await makeDashboard(input, context);
		const {title, context: name, source, panels, leftOut} = read;
		const left = leftOut.length === 0 ? '' : `; left out: ${leftOut.map(({what}) => what).join(', ')}`;
		// In a pipe nobody sees what is not there.
		context.emit({kind: 'note', text: `${count(panels.length, 'panel')} whose queries were answered${left}`});
		return {
			...{title, context: name, source, uid},
			panels: panels.map(panel => ({
				...{title: panel.title, section: panel.section, queries: panel.lines.length},
				series: panel.lines.reduce((sum, {curves}) => sum + curves.length, 0),
			})),
			leftOut: [...leftOut],
			dashboard: model as Told['dashboard'],
		};
	},
});
