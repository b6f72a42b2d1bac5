import * as z from 'zod';
import {stagesOf} from '../../../analysis/canary/stages.ts';
import {numberAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {autoscalerOf} from '../autoscaler.ts';
import {canaryNotes} from '../canary/canary-notes.ts';
import {canaryScript} from '../canary/canary-steps.ts';
import {canaryText} from '../canary/canary-text.ts';
import {refuseCanary} from '../canary/refuse-canary.ts';
import {runCanary} from '../canary/run-canary.ts';
import {draftDeployment} from '../draft-deployment.ts';
import {durationMs, durationText} from '../duration.ts';
import {deploymentInput, imageInput} from '../inputs.ts';
import {judgement, promisedSampler} from '../metrics/judgement.ts';
import type {DeployPorts} from '../ports.ts';
import {imageChange, liveDeployment, refusePaused} from '../workload.ts';

const readWeights = (text: string) => text.split(',').map(Number);

const isRising = (text: string) =>
	readWeights(text).every((weight, index, all) => weight >= 1 && weight <= 100 && weight > (all[index - 1] ?? 0));

const weightsText = z
	.string()
	.regex(/^\d{1,3}(,\d{1,3})*$/, 'steps are percentages in rising order, such as 25,50,100')
	.refine(isRising, 'steps rise from 1 to 100')
	.refine(text => (readWeights(text)[0] ?? 0) < 100, 'the first step is below 100, so that both versions serve');

const verdict = z.object({
	verdict: z.enum(['pass', 'fail', 'not-enough-data']),
	reason: z.string(),
	starting: z.literal(true).optional(),
	judgedBy: z.array(z.enum(['errors', 'readiness', 'restarts'])).readonly(),
	evidence: z.number().optional(),
	canaryErrorRatio: z.number().optional(),
	stableErrorRatio: z.number().optional(),
	canaryRequests: z.number().optional(),
	stableRequests: z.number().optional(),
});

const resolved = z.object({
	name: z.string(),
	namespace: z.string(),
	image: z.string(),
	steps: z.string(),
	interval: z.string(),
	readyWithin: z.string(),
	replicas: z.number(),
	keepStable: z.boolean(),
	judgesErrors: z.boolean(),
	judgedBy: z.string(),
});

const scriptOf = (stable: KubeObject, {namespace, image, steps, interval, replicas, keepStable, judgedBy}: z.output<typeof resolved>) =>
	canaryScript({
		stable,
		namespace,
		change: imageChange(stable, image),
		stages: stagesOf(replicas, readWeights(steps), keepStable),
		replicas,
		interval,
		judgedBy,
	});

export const deploymentCanary = changeTool({
	name: 'deployment_canary',
	summary:
		'Lets a new version serve a growing share of the pods beside the stable one, judges it at each step, and promotes it or takes it back',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true},
	command: ['deploy', 'canary'],
	positionals: ['name'],
	input: deploymentInput.extend({
		image: imageInput,
		steps: weightsText.default('25,50,100').describe('Share of the canary at each step, per cent, rising'),
		interval: durationText.default('60s').describe('How long each step is judged'),
		readyWithin: durationText.default('5m').describe('How long new pods may take to become ready'),
	}),
	resolved,
	output: z.object({
		verdict: z.enum(['promoted', 'rolled-back', 'stuck']),
		reason: z.string(),
		image: z.string(),
		stages: z.array(z.object({weight: z.number(), share: z.number(), verdict})).readonly(),
	}),
	text: canaryText,

	async plan({name, namespace: named, image, steps, interval, readyWithin}, {ports}: Context<DeployPorts>) {
		const {cluster} = ports;
		const namespace = named ?? cluster.namespace;
		const stable = await liveDeployment(cluster, namespace, name);
		const change = imageChange(stable, image);
		const replicas = numberAt(stable, 'spec', 'replicas') ?? 1;
		const scaler = await autoscalerOf(cluster, stable);
		const judged = await judgement(ports, stable);
		const input = {
			name,
			namespace,
			image: `${change.container}=${change.image}`,
			steps,
			interval,
			readyWithin,
			replicas,
			// Where nobody can tell, the number of stable pods is left alone: an autoscaler would put it back.
			keepStable: scaler.scaler !== undefined || scaler.notChecked !== undefined,
			judgesErrors: judged.judgesErrors,
			judgedBy: judged.words,
		};
		if (change.before === change.image)
			return draftDeployment(ports, {input, stable, summary: `${namespace}/${name} runs ${change.image} already`, steps: []});
		refusePaused(stable);
		await refuseCanary(cluster, stable, replicas);
		const script = scriptOf(stable, input);
		return draftDeployment(ports, {
			input,
			stable,
			summary: `Canary of ${namespace}/${name}: ${change.before} → ${change.image} at ${steps.replaceAll(',', ', ')} %`,
			steps: script.steps,
			notes: await canaryNotes(cluster, {stable, stages: script.stages.map(({stage}) => stage), weights: readWeights(steps), scaler}),
			verify: [
				`Each step is judged by ${judged.words}`,
				...(judged.source === undefined ? [] : [`Numbers come from ${judged.source}`]),
				'Latency and use of resources are not judged',
				script.restore === undefined
					? `A bad verdict removes the canary; the pods of ${change.before} were there all the time`
					: `A bad verdict brings ${name} back to ${replicas} pods of ${change.before} and removes the canary`,
			],
		});
	},

	async apply(plan, context, effects) {
		const {ports} = context;
		const {name, namespace, image, interval, readyWithin} = plan.input;
		const stable = await liveDeployment(ports.cluster, namespace, name);
		const {before, image: wanted} = imageChange(stable, image);
		const sample = plan.input.judgesErrors ? promisedSampler(ports, namespace) : undefined;
		const watch = {namespace, name, intervalMs: durationMs(interval), readyWithinMs: durationMs(readyWithin), sample};
		// The places of the acts are made again; what is carried out at them is the plan's own text.
		const script = {...scriptOf(stable, plan.input), steps: plan.steps};
		return runCanary({script, image: wanted, watch, isPromoted: before === wanted}, context, effects);
	},
});
