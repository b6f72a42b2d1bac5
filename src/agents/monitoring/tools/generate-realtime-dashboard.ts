import * as z from 'zod';
import {type Context, readTool} from '../../../core/tool.ts';
import {compactDashboard, dashboardSchema, dashboardText, type ToldDashboard, toldPanel} from '../dashboard/dashboard-output.ts';
import {dashboardPage} from '../dashboard/page/dashboard-page.ts';
import {readDashboard} from '../dashboard/read-dashboard.ts';
import {timeText} from '../duration-of.ts';
import {subjectInput} from '../metrics/subject.ts';
import type {MonitoringPorts} from '../ports.ts';

const input = subjectInput.extend({
	target: subjectInput.shape.target.describe(
		'Deployment, or KIND/NAME such as statefulset/db, namespace/shop or node/a; the nodes if left out',
	),
	since: timeText.default('1h').describe('How far back the panels reach'),
	html: z.boolean().default(false).describe('Prints a web page of one file; with --watch serves it to this machine'),
	series: z.number().int().min(1).max(50).default(6).describe('Series of a panel to show, the largest first'),
});

export const generateRealtimeDashboard = readTool({
	name: 'generate_realtime_dashboard',
	summary: 'Shows a workload, a namespace or the nodes as a dashboard of what is measured now, with no empty panel',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['monitor', 'dashboard'],
	watch: 'Draws it again as new samples come, until Ctrl-C',
	positionals: ['target'],
	input: input.meta({examples: ['mkcoa monitor dashboard web --watch', 'mkcoa monitor dashboard web --html > web.html']}),
	output: dashboardSchema,
	text: dashboardText,
	compact: compactDashboard,

	async run({series, html, ...wish}: z.output<typeof input>, context: Context<MonitoringPorts>) {
		const read = await readDashboard(wish, context);
		const {range} = read.sampling;
		const told: ToldDashboard = {
			...{title: read.title, context: read.context, source: read.source},
			...(read.subject.ref === undefined ? {} : {target: read.subject.ref}),
			from: new Date(range.fromMs).toISOString(),
			to: new Date(range.toMs).toISOString(),
			readAt: new Date(context.clock.now()).toISOString(),
			stepSeconds: range.stepMs / 1000,
			...(read.rolledOutMs === undefined ? {} : {rolledOutAt: new Date(read.rolledOutMs).toISOString()}),
			panels: read.panels.map(panel => toldPanel(panel, read.sampling, series)),
			leftOut: [...read.leftOut],
		};
		return html ? {...told, page: dashboardPage(told)} : told;
	},
});
