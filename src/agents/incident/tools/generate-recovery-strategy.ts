import * as z from 'zod';
import {type Context, readTool} from '../../../core/tool.ts';
import type {RecoveryPorts} from '../ports.ts';
import {
	couldName,
	incidentField,
	incidentsNamed,
	namespaceField,
	namespaceOfKey,
	noSuchIncident,
	writtenOut,
} from '../recovery/find-incident.ts';
import {lookAt} from '../recovery/look.ts';
import {strategyOf} from '../recovery/strategy-of.ts';
import {type Strategy, strategySchema, strategyText} from '../recovery/strategy-output.ts';

/** Every way is tried as a dry run: more incidents at once would be many requests for what nobody reads. */
const mostIncidents = 20;

export const generateRecoveryStrategy = readTool({
	name: 'generate_recovery_strategy',
	summary:
		'Lists the ways out of each incident, least invasive first: what each changes, who owns it, what follows, and why others are no way',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['incident', 'strategy'],
	positionals: ['incident'],
	input: z.object({incident: incidentField('all of them if left out'), namespace: namespaceField}),
	output: z.object({where: z.string(), strategies: z.array(strategySchema), more: z.number()}),
	text: strategyText,

	async run({incident: said, namespace}, context: Context<RecoveryPorts>) {
		context.emit({kind: 'progress', text: 'Looking at the cluster'});
		const asked = await writtenOut(said, context.ports.cluster);
		const {detection, survey} = await lookAt(namespace ?? namespaceOfKey(asked), context);
		const where = namespace === undefined ? 'this cluster' : `namespace ${namespace}`;
		const found = incidentsNamed(detection.incidents, asked);
		if (found.length === 0 && asked !== '' && !couldName(asked, survey)) throw noSuchIncident(detection.incidents, asked, where);
		const strategies: Strategy[] = [];
		for (const incident of found.slice(0, mostIncidents)) {
			context.signal.throwIfAborted();
			strategies.push(await strategyOf(incident, context));
		}
		return {where, strategies, more: Math.max(0, found.length - mostIncidents)};
	},
});
