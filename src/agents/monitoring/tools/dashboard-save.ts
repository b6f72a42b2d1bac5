import * as z from 'zod';
import {type KubeObject, type Ref, refText} from '../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../core/plan.ts';
import {count} from '../../../core/text/count.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {consequencesFor} from '../../../mcp/kubernetes/plan/consequences-for.ts';
import {draftOf} from '../../../mcp/kubernetes/plan/draft-of.ts';
import {predict} from '../../../mcp/kubernetes/plan/predict.ts';
import {deploymentInput} from '../../deploy/inputs.ts';
import {grafanaInput, type MadeDashboard, makeDashboard} from '../dashboard/grafana/made-dashboard.ts';
import {type SidecarPlace, sidecarLabel, sidecarPlace} from '../dashboard/grafana/sidecar-place.ts';
import type {MonitoringPorts} from '../ports.ts';

function manifestOf({uid, model}: MadeDashboard, ref: Ref): KubeObject {
	return {
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {name: ref.name, namespace: ref.namespace, labels: {[sidecarLabel.name]: sidecarLabel.value}},
		data: {[`${uid}.json`]: JSON.stringify(model, null, 2)},
	} as KubeObject;
}

/** What a person should know who says yes: that somebody must be there who reads it, and what is not in it. */
function notesOf({read: {leftOut}}: MadeDashboard, {namespace, others}: SidecarPlace): readonly Consequence[] {
	const label = `${sidecarLabel.name}: "${sidecarLabel.value}"`;
	return [
		others === 0
			? {
					id: 'dashboard-unseen',
					severity: 'warning',
					text: `No other dashboard lies in ${namespace}: it is shown only where a sidecar of Grafana reads ConfigMaps with the label ${label} there`,
				}
			: {id: 'dashboard-beside', severity: 'info', text: `${count(others, 'ConfigMap')} with the label ${label} in ${namespace}`},
		...leftOut.map(({what, why}): Consequence => ({id: 'panel-left-out', severity: 'info', text: `Left out: ${what}, because ${why}`})),
	];
}

export const dashboardSave = changeTool({
	name: 'dashboard_save',
	summary: "Saves the dashboard that dashboard_generate makes as a ConfigMap that Grafana's sidecar reads",
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true},
	command: ['monitor', 'save-dashboard'],
	positionals: ['target'],
	input: grafanaInput.extend({
		into: deploymentInput.shape.namespace.describe('Namespace of the ConfigMap; where others of its kind are if left out'),
	}),
	resolved: z.object({name: z.string(), namespace: z.string(), uid: z.string()}),
	output: z.object({configMap: z.string(), uid: z.string()}),
	text: ({configMap, uid}) => `✓ ${configMap} holds the dashboard ${uid}`,

	async plan({into, ...input}, context: Context<MonitoringPorts>) {
		const {cluster} = context.ports;
		const [made, place] = await Promise.all([makeDashboard(input, context), sidecarPlace(cluster, into)]);
		const {uid, read} = made;
		const ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace: place.namespace, name: uid} as const;
		const write: Write = {op: 'apply', ref, manifest: manifestOf(made, ref)};
		const prediction = await predict(cluster, write);
		const isNew = prediction.before === undefined;
		const isChanging = isNew || prediction.change.fields.length > 0;
		const title = `${isNew ? 'Create' : 'Change'} ${refText(ref)} with the dashboard of ${read.title}`;
		return draftOf({
			effect: 'change',
			input: {name: uid, namespace: place.namespace, uid},
			summary: isChanging ? title : `${refText(ref)} holds this dashboard already`,
			steps: isChanging ? [{title, predictions: [prediction]}] : [],
			consequences: [...(isChanging ? await consequencesFor(cluster, [prediction]) : []), ...notesOf(made, place)],
			verify: [`${refText(ref)} holds the dashboard ${uid}`],
			undo: {possible: true, how: isNew ? `Deletes ${refText(ref)}` : 'Sets the dashboard back that was there before'},
		});
	},

	async apply({input: {name, namespace, uid}, steps}, _context, effects) {
		for (const [index] of steps.entries()) await effects.performStep(index);
		return {configMap: refText({apiVersion: 'v1', kind: 'ConfigMap', namespace, name}), uid};
	},
});
