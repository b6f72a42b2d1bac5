import * as z from 'zod';
import {detecting} from '../../../analysis/detection/detect.ts';
import {surveyOf} from '../../../analysis/detection/survey.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {uncheckedSchema, unseenFinding} from '../../../core/unchecked.ts';
import {deploymentInput} from '../../deploy/inputs.ts';
import {incidentsText} from '../incidents-text.ts';
import type {IncidentPorts} from '../ports.ts';
import {inTurns} from '../reading/in-turns.ts';
import {readSnapshot} from '../reading/read-snapshot.ts';
import {incidentSchema, toldIncident} from '../told-incident.ts';

export const failureDetect = readTool({
	name: 'failure_detect',
	summary: 'Finds what is wrong in a cluster: each fault with its cause, the field, the evidence, what it hits and a remedy',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['incident', 'detect'],
	positionals: [],
	input: z.object({
		namespace: deploymentInput.shape.namespace.describe('Namespace to look at; all of them if left out'),
	}),
	output: z.object({
		context: z.string(),
		namespace: z.string().optional(),
		takenAt: z.string(),
		objects: z.number(),
		kinds: z.number(),
		incidents: z.array(incidentSchema),
		notChecked: z.array(uncheckedSchema),
	}),
	findings: ({incidents, notChecked}) => [...incidents, ...notChecked.map(unseenFinding)],
	text: ({context, namespace, ...told}, view) =>
		incidentsText({...told, where: namespace === undefined ? `all namespaces of ${context}` : `namespace ${namespace}`}, view),

	async run({namespace}, {ports: {cluster}, clock, signal, emit}: Context<IncidentPorts>) {
		emit({kind: 'progress', text: 'Looking at the cluster'});
		const [{context}, snapshot] = await Promise.all([
			cluster.target(undefined),
			readSnapshot(cluster, {namespace, nowMs: clock.now(), signal}),
		]);
		const {incidents, notChecked} = await inTurns(detecting(surveyOf(snapshot)), signal);
		return {
			context,
			...(namespace === undefined ? {} : {namespace}),
			takenAt: snapshot.takenAt,
			objects: snapshot.objects.length,
			kinds: new Set(snapshot.objects.map(({kind}) => kind)).size,
			incidents: incidents.map(toldIncident),
			notChecked: [...notChecked],
		};
	},
});
