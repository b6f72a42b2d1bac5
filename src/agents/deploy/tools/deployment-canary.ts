import * as z from 'zod';
import {stagesOf} from '../../../analysis/canary/stages.ts';
import {numberAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {autoscalerOf} from '../autoscaler.ts';
import {canaryJudge} from '../canary/canary-judge.ts';
import {canaryNotes} from '../canary/canary-notes.ts';
import {canaryOutput, canaryResult} from '../canary/canary-result.ts';
import {canaryText} from '../canary/canary-text.ts';
import {withImage} from '../canary/new-version.ts';
import {ratioScript} from '../canary/ratio-script.ts';
import {refuseCanary} from '../canary/refuse-canary.ts';
import {draftDeployment} from '../draft-deployment.ts';
import {durationMs, durationText} from '../duration.ts';
import {deploymentInput, imageInput} from '../inputs.ts';
import {judgement} from '../metrics/judgement.ts';
import type {DeployPorts} from '../ports.ts';
import {atStart, draftRollout} from '../staged/draft-rollout.ts';
import {rolloutEnded} from '../staged/end-of-rollout.ts';
import {layoutOf} from '../staged/layout.ts';
import {refuseRolling} from '../staged/refuse-rolling.ts';
import {runScript} from '../staged/run-script.ts';
import {liveDeployment, refusePaused} from '../workload.ts';

const readWeights = (text: string) => (text === '' ? [] : text.split(',').map(Number));

/** The image of `CONTAINER=IMAGE`. */
const imageIn = (text: string) => text.slice(text.indexOf('=') + 1);

const isRising = (text: string) =>
	readWeights(text).every((weight, index, all) => weight >= 1 && weight <= 100 && weight > (all[index - 1] ?? 0));

const weightsText = z
	.string()
	.regex(/^\d{1,3}(,\d{1,3})*$/, 'steps are percentages in rising order, such as 25,50,100')
	.refine(isRising, 'steps rise from 1 to 100')
	.refine(text => (readWeights(text)[0] ?? 0) < 100, 'the first step is below 100, so that both versions serve');

const resolved = z.object({
	name: z.string(),
	namespace: z.string(),
	image: z.string(),
	steps: z.string(),
	pauseAt: z.string(),
	interval: z.string(),
	readyWithin: z.string(),
	replicas: z.number(),
	keepStable: z.boolean(),
	judgesErrors: z.boolean(),
	judgedBy: z.string(),
});

const scriptOf = (stable: KubeObject, input: z.output<typeof resolved>) => {
	const {image, steps, interval, replicas, keepStable, judgedBy, readyWithin, pauseAt} = input;
	return ratioScript({
		stable,
		version: withImage(stable, image),
		stages: stagesOf(replicas, readWeights(steps), keepStable),
		replicas,
		keepStable,
		interval,
		judgedBy,
		readyWithinMs: durationMs(readyWithin),
		pauseAt: readWeights(pauseAt),
	});
};

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
		pauseAt: weightsText.optional().describe('Steps at which it stands until somebody promotes, such as 25 or 25,50'),
		interval: durationText.default('60s').describe('How long each step is judged'),
		readyWithin: durationText.default('5m').describe('How long new pods may take to become ready'),
	}),
	resolved,
	output: canaryOutput,
	text: canaryText,

	async plan({name, namespace: named, image, steps, pauseAt = '', interval, readyWithin}, {ports, clock}: Context<DeployPorts>) {
		const {cluster} = ports;
		const namespace = named ?? cluster.namespace;
		const stable = await liveDeployment(cluster, namespace, name);
		const {change} = withImage(stable, image);
		const replicas = numberAt(stable, 'spec', 'replicas') ?? 1;
		const scaler = await autoscalerOf(cluster, stable);
		const judged = await judgement(ports, stable);
		const input = {
			name,
			namespace,
			image: `${change.container}=${change.image}`,
			steps,
			pauseAt,
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
		const opens = await refuseRolling(cluster, {namespace, name}, clock.now());
		await refuseCanary(cluster, stable, replicas);
		const stages = stagesOf(replicas, readWeights(steps), input.keepStable);
		return draftRollout(cluster, {
			input,
			strategy: 'canary',
			workload: stable,
			script: scriptOf(stable, input),
			start: atStart,
			opens,
			scaled: scaler.scaler !== undefined,
			summary: `Canary of ${namespace}/${name}: ${change.before} → ${change.image} at ${steps.replaceAll(',', ', ')} %`,
			notes: await canaryNotes(cluster, {stable, stages, weights: readWeights(steps), scaler}),
			verify: [
				`Each step is judged by ${judged.words}`,
				...(judged.source === undefined ? [] : [`Numbers come from ${judged.source}`]),
				'Latency and use of resources are not judged',
				input.keepStable
					? `A bad verdict removes the canary; the pods of ${change.before} were there all the time`
					: `A bad verdict brings ${name} back to ${replicas} pods of ${change.before} and removes the canary`,
			],
			undo: {possible: true, how: `mkcoa undo sets ${name} back to what it was, by another rollout`},
		});
	},

	async apply(plan, context, effects) {
		const {input, steps} = plan;
		const {name, namespace} = input;
		// Made again for what is waited for; what is written is the plan's own text.
		const script = scriptOf(await liveDeployment(context.ports.cluster, namespace, name), input);
		const staged = {
			workload: {namespace, name},
			script,
			steps,
			layout: layoutOf(script, atStart, true),
			judge: canaryJudge(input, context),
		};
		const image = imageIn(input.image);
		const run = () => runScript(staged, context, effects);
		return canaryResult(
			image,
			await rolloutEnded({workload: staged.workload, strategy: 'canary', output: end => canaryResult(image, end)}, run),
		);
	},
});
