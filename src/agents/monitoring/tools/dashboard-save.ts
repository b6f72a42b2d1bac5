import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../core/plan.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {consequencesFor} from '../../../mcp/kubernetes/plan/consequences-for.ts';
import {draftOf} from '../../../mcp/kubernetes/plan/draft-of.ts';
import {predict} from '../../../mcp/kubernetes/plan/predict.ts';
import {deploymentInput} from '../../deploy/inputs.ts';
import {asConfigMap, inGrafana} from '../dashboard/grafana/destination.ts';
import {grafanaInput, makeDashboard} from '../dashboard/grafana/made-dashboard.ts';
import type {MonitoringPorts} from '../ports.ts';

const input = grafanaInput.extend({
	into: deploymentInput.shape.namespace.describe('Namespace of the ConfigMap; where others of its kind are if left out'),
	grafana: z.boolean().default(false).describe('Saves it in Grafana itself, and not as a ConfigMap'),
	folder: checkedText(200, /\S/, 'expected a folder').optional().describe('Folder of Grafana, by uid or title'),
});

/** What belongs to the one way of saving says nothing of the other. */
function demandOneWay({into, grafana, folder}: z.output<typeof input>): void {
	if (grafana ? into === undefined : folder === undefined) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'two-ways',
		what: grafana ? '--into names a namespace for a ConfigMap, and --grafana makes none' : '--folder is of Grafana itself',
		next: grafana ? 'Leave one of them out' : 'Add --grafana, or leave --folder out',
	});
}

export const dashboardSave = changeTool({
	name: 'dashboard_save',
	summary: "Saves the dashboard that dashboard_generate makes: as a ConfigMap that Grafana's sidecar reads, or in Grafana itself",
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true},
	command: ['monitor', 'save-dashboard'],
	positionals: ['target'],
	input,
	resolved: z.object({object: z.string(), uid: z.string(), namespace: z.string().optional(), server: z.string().optional()}),
	output: z.object({object: z.string(), uid: z.string(), server: z.string().optional()}),
	text: ({object, uid, server}) => `✓ ${server ?? object} holds the dashboard ${uid}`,

	async plan(given, context: Context<MonitoringPorts>) {
		demandOneWay(given);
		const {into, grafana, folder, ...wanted} = given;
		const {ports} = context;
		const made = await makeDashboard(wanted, context);
		const {uid, read} = made;
		const {write, server, notes} = await (grafana ? inGrafana(made, folder, ports) : asConfigMap(made, into, ports.cluster));
		const prediction = await predict(ports.cluster, write);
		const isNew = prediction.before === undefined;
		const isChanging = isNew || prediction.change.fields.length > 0;
		const object = refText(write.ref);
		const title = `${isNew ? 'Create' : 'Change'} ${object} with the dashboard of ${read.title}`;
		const {namespace} = write.ref;
		return draftOf({
			effect: 'change',
			input: {object, uid, ...(namespace === undefined ? {} : {namespace}), ...(server === undefined ? {} : {server})},
			summary: isChanging ? title : `${object} holds this dashboard already`,
			steps: isChanging ? [{title, predictions: [prediction]}] : [],
			consequences: [
				...(isChanging && !grafana ? await consequencesFor(ports.cluster, [prediction]) : []),
				...notes,
				...read.leftOut.map(
					({what, why}): Consequence => ({id: 'panel-left-out', severity: 'info', text: `Left out: ${what}, because ${why}`}),
				),
			],
			verify: [`${server ?? object} holds the dashboard ${uid}`],
			undo: {possible: true, how: isNew ? `Deletes ${object}` : 'Sets the dashboard back that was there before'},
		});
	},

	async apply({input: {object, uid, server}, steps}, _context, effects) {
		for (const [index] of steps.entries()) await effects.performStep(index);
		return {object, uid, ...(server === undefined ? {} : {server})};
	},
});
