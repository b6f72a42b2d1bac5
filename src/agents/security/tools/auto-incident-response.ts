import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../core/plan.ts';
import {count} from '../../../core/text/count.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {consequencesFor} from '../../../mcp/kubernetes/plan/consequences-for.ts';
import {draftOf} from '../../../mcp/kubernetes/plan/draft-of.ts';
import {predictInOrder} from '../../../mcp/kubernetes/plan/predict-in-order.ts';
import {deploymentInput} from '../../deploy/inputs.ts';
import type {DeployPorts} from '../../deploy/ports.ts';
import {type EvidencePorts, gatherEvidence} from '../response/evidence.ts';
import {measures} from '../response/measure.ts';
import {chooseMeasures, exposedSecrets, furtherText, type Response} from '../response/plan-response.ts';
import {readResponseSubject} from '../response/subject.ts';

type Ports = DeployPorts & EvidencePorts;

const output = z.object({
	subject: z.string(),
	evidence: z.object({path: z.string(), sha256: z.string(), left: z.array(z.string())}).optional(),
	done: z.array(z.string()),
	/** What may be done beside, from the least destructive. */
	further: z.array(z.string()),
});

export const autoIncidentResponse = changeTool({
	name: 'auto_incident_response',
	summary:
		'Answers an attack on a workload, node or account: keeps evidence first, then isolates, revokes or stops, the least destructive first',
	effect: 'destructive',
	annotations: {readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false},
	command: ['security', 'respond'],
	positionals: ['target'],
	input: z
		.object({
			target: checkedText(317, /^(?:[A-Za-z][A-Za-z0-9.-]*\/)?[A-Za-z0-9][A-Za-z0-9._:@~-]*$/, 'expected NAME or KIND/NAME')
				.describe('Deployment, or KIND/NAME: pod/…, node/…, serviceaccount/…, user/…, group/…')
				.meta({completes: 'workloads'}),
			namespace: deploymentInput.shape.namespace,
			measures: z
				.array(z.enum(measures))
				.default([])
				.describe('What is done; isolate for pods, cordon for a node, revoke-rights for an account if left out'),
			evidence: z.boolean().default(true).describe('Keeps objects, events and logs on this machine first'),
		})
		.meta({examples: ['mkcoa security respond web -n shop', 'mkcoa security respond pod/web-1 --measures isolate,take-out,cordon']}),
	resolved: z.object({
		target: z.string(),
		namespace: z.string().optional(),
		subject: z.string(),
		evidence: z.boolean(),
		titles: z.array(z.string()),
		further: z.array(z.string()),
	}),
	output,
	text: ({subject, evidence, done, further}) =>
		[
			done.length === 0 ? `Nothing was done about ${subject}` : `${subject}: ${count(done.length, 'measure')} taken`,
			...done.map(title => `✓ ${title}`),
			...(evidence === undefined ? [] : [`Evidence is in ${evidence.path}`, `  sha256 ${evidence.sha256}`]),
			...(evidence?.left ?? []).map(each => `? not in the evidence: ${each}`),
			...(further.length === 0 ? [] : ['If it goes on, by --measures:', ...further.map(each => `  ${each}`)]),
		].join('\n'),

	async plan({target, namespace, measures: asked, evidence}, {ports: {cluster}}: Context<Ports>) {
		const subject = await readResponseSubject(cluster, target, namespace);
		const response = await chooseMeasures(cluster, subject, asked);
		const {taken, not, further} = response;
		if (taken.length === 0) throw nothingPossible(subject.text, not);
		const predictions = await predictInOrder(
			cluster,
			taken.flatMap(({writes}) => writes),
		);
		const steps = taken.map(({title, writes}, index) => {
			const before = taken.slice(0, index).reduce((sum, each) => sum + each.writes.length, 0);
			return {title, predictions: predictions.slice(before, before + writes.length)};
		});
		const lasting = taken.flatMap(({lasting: why}) => why ?? []);
		const draft = draftOf({
			effect: lasting.length === 0 ? 'change' : 'destructive',
			input: {
				target,
				...(namespace === undefined ? {} : {namespace}),
				subject: subject.text,
				evidence,
				titles: taken.map(({title}) => title),
				further: [...furtherText(further)],
			},
			summary: `Contain ${subject.text}: ${taken.map(({measure}) => measure).join(', ')}`,
			steps,
			consequences: [
				...taken.flatMap(({consequences}) => consequences),
				...not.map(({measure, why}) => ({id: 'not-possible', severity: 'warning', text: `${measure} is left out: ${why}`}) as const),
				...exposedSecrets(subject),
				...onceTold(await consequencesFor(cluster, predictions)),
			],
			verify: [...new Set(predictions.map(({write}) => `${refText(write.ref)} is as planned`))],
			undo:
				lasting.length === 0
					? {possible: true, how: 'Puts labels, bindings, replicas and nodes back as they were, and deletes the policy'}
					: {possible: false, how: lasting.join('; ')},
		});
		const keeping = {title: `Keep evidence of ${subject.text} on this machine`, writes: [], outside: true} as const;
		return evidence && draft.steps.length > 0 ? {...draft, steps: [keeping, ...draft.steps]} : draft;
	},

	async apply({input, steps}, context: Context<Ports>, effects) {
		const {subject, titles, further} = input;
		const kept = input.evidence && steps.length > 0 ? await keep(input, context) : undefined;
		for (const [index, {writes}] of steps.entries()) if (writes.length > 0) await effects.performStep(index);
		return {subject, ...(kept === undefined ? {} : {evidence: kept}), done: steps.length === 0 ? [] : titles, further};
	},
});

/** What is the same of every pod is told once. */
const onceTold = (consequences: readonly Consequence[]) => [...new Map(consequences.map(each => [each.text, each])).values()];

async function keep({target, namespace}: {readonly target: string; readonly namespace?: string | undefined}, context: Context<Ports>) {
	context.emit({kind: 'progress', text: 'Keeping evidence'});
	const subject = await readResponseSubject(context.ports.cluster, target, namespace);
	const evidence = await gatherEvidence(subject, context);
	const {path, sha256} = await context.ports.keepEvidence(subject.objects[0]?.metadata.name ?? subject.text, evidence);
	return {path, sha256, left: [...evidence.left]};
}

const nothingPossible = (text: string, not: Response['not']) =>
	new MkcoaError({
		kind: 'usage',
		code: 'no-measure',
		what: `No measure is possible against ${text}`,
		why: not.map(({measure, why}) => `${measure}: ${why}`).join('; '),
		next: 'Name another measure with --measures, or another target',
	});
