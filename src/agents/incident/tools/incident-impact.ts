import * as z from 'zod';
import {graphOf, type Reached} from '../../../analysis/detection/graph/dependents.ts';
import {MkcoaError} from '../../../core/error.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {impactSchema} from '../impact-output.ts';
import {impactText} from '../impact-text.ts';
import type {IncidentPorts} from '../ports.ts';
import {readTarget, targetInput} from '../reading/read-target.ts';

/** More objects than this are counted, not named. */
const mostReached = 500;

export const incidentImpact = readTool({
	name: 'incident_impact',
	summary: 'Tells what leans on an object, directly and through others, and why',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['incident', 'impact'],
	positionals: ['target'],
	input: targetInput.extend({up: z.boolean().default(false).describe('Tells what it needs itself instead')}),
	output: impactSchema,
	text: impactText,

	async run({target, namespace, up}, {ports: {cluster}, clock, signal, emit}: Context<IncidentPorts>) {
		emit({kind: 'progress', text: 'Looking at the cluster'});
		const {ref, object, namesakes, survey, notChecked} = await readTarget(cluster, {target, namespace, nowMs: clock.now(), signal});
		const graph = graphOf(survey);
		const reached = up ? graph.supportsOf(ref) : graph.dependentsOf(ref);
		if (object === undefined && reached.length === 0)
			throw new MkcoaError({
				kind: 'usage',
				code: 'not-found',
				what: `${refText(ref)} does not exist, and nothing names it`,
				next: 'Name it as KIND/NAME, and its namespace with -n',
			});
		return {
			target: ref,
			isThere: object !== undefined,
			up,
			namesakes: [...namesakes],
			reached: reached.slice(0, mostReached).map(toldReached),
			counts: countsOf(reached),
			leftOut: Math.max(0, reached.length - mostReached),
			notChecked: [...notChecked],
		};
	},
});

const toldReached = ({ref, steps, by, how}: Reached) => ({ref, steps, by, how: oneLine(how)});

const countsOf = (reached: readonly Reached[]) =>
	Object.fromEntries(
		[...Map.groupBy(reached, ({ref: {kind}}) => kind)]
			.map(([kind, list]) => [kind, list.length] as const)
			.toSorted(([a], [b]) => a.localeCompare(b)),
	);
