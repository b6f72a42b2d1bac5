import * as z from 'zod';
import {type Context, changeTool} from '../../../core/tool.ts';
import {durationUpTo, readyWithinText} from '../duration.ts';
import {autoscalerAfterInput, deploymentInput, imageInput, metricsInput} from '../inputs.ts';
import type {DeployPorts} from '../ports.ts';
import {atStart} from '../staged/draft-rollout.ts';
import {rolloutEnded} from '../staged/end-of-rollout.ts';
import {guardianImage} from '../staged/guardian/guardian-objects.ts';
import {layoutOf} from '../staged/layout.ts';
import {scriptFrom} from '../staged/outline.ts';
import {recallRollout} from '../staged/recall/recall-rollout.ts';
import {type RolloutEnd, runScript} from '../staged/run-script.ts';
import {canaryInput} from '../strategies/canary/canary-input.ts';
import {canaryOutput, canaryResult} from '../strategies/canary/canary-result.ts';
import {canaryText} from '../strategies/canary/canary-text.ts';
import {canaryJudge} from '../strategies/canary/judging/canary-judge.ts';
import {planCanary} from '../strategies/canary/plan-canary.ts';
import {readWeights} from '../strategies/canary/read-weights.ts';

const isPerCent = (text: string) => readWeights(text).every(weight => weight >= 1 && weight <= 100);
const isRising = (text: string) => readWeights(text).every((weight, index, all) => weight > (all[index - 1] ?? 0));

const risingWeights = z
	.string()
	.regex(/^\d{1,3}(,\d{1,3})*$/, 'steps are percentages in rising order, such as 25,50,100')
	.refine(isPerCent, {error: 'a step is a percentage from 1 to 100', abort: true})
	.refine(isRising, {error: 'each step is higher than the one before it', abort: true});

const weightsText = risingWeights.refine(
	text => (readWeights(text)[0] ?? 0) < 100,
	'the first step is below 100, so that both versions serve',
);

const trafficInput = {
	traffic: z
		.enum(['httproute', 'virtualservice', 'replicas'])
		.optional()
		.describe('How requests are shared; a route that leads to it if left out, else numbers of pods'),
	route: z.string().max(400).optional().describe('One route of several, [NAMESPACE/]NAME, with :RULE for one rule of it'),
	header: z.string().max(400).optional().describe('Requests with this header go to the canary: NAME=VALUE, or cookie:NAME=VALUE'),
	mirror: z.int().min(1).max(100).optional().describe('Per cent of the requests copied to the canary before it gets its own'),
};

const kayentaInput = {
	kayenta: z
		.string()
		.min(1)
		.max(65_536)
		.optional()
		.describe('Canary config of Kayenta (JSON) that it is judged by in place of --metrics')
		.meta({from: 'file', flag: 'kayenta'}),
	kayentaScores: z
		.string()
		.regex(/^\d{1,3}(\.\d+)?,\d{1,3}(\.\d+)?$/, 'two scores from 0 to 100, such as 95,75')
		.optional()
		.describe('Score that passes and the least to go on, such as 95,75; those of the config if left out'),
	kayentaParams: z
		.array(z.string().max(1000))
		.default([])
		.describe('Value of a variable in its templates, NAME=VALUE; scope and location are known')
		.meta({split: false}),
};

export const deploymentCanary = changeTool({
	name: 'deployment_canary',
	summary:
		'Lets a new version serve a growing share of the requests beside the stable one, judges it at each step, and promotes it or takes it back',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true},
	command: ['deploy', 'canary'],
	positionals: ['name'],
	input: deploymentInput.extend({
		image: imageInput.optional(),
		manifest: z
			.string()
			.min(1)
			.optional()
			.describe('Manifest with a whole new pod template: the Deployment itself, or a PodTemplate')
			.meta({from: 'file'}),
		steps: weightsText.default('25,50,100').describe('Share of the canary at each step, per cent, rising'),
		pauseAt: risingWeights.optional().describe('Steps at which it stands until somebody promotes, such as 25 or 25,50'),
		interval: durationUpTo('24h', 'with --pause-at a step lasts until mkcoa deploy promote')
			.default('60s')
			.describe('How long each step is judged'),
		metrics: metricsInput,
		...kayentaInput,
		baseline: z.boolean().default(false).describe('Compares it with a fresh copy of the stable version, as large as the canary'),
		maxSurge: z
			.string()
			.regex(/^\d{1,3}%?$/, 'a number of pods up to 999 or a percentage, such as 1 or 25%')
			.optional()
			.describe('Pods that may come on top while it grows, such as 1 or 25%; as many as a step needs if left out'),
		...trafficInput,
		autoscalerAfter: autoscalerAfterInput,
		guardian: z.boolean().default(false).describe('Lets a Job in the cluster bring the stable version back when mkcoa dies'),
		guardianImage: z.string().max(1024).default(guardianImage).describe('Image of that Job, with Node 24 in it'),
		readyWithin: readyWithinText.default('5m').describe('How long new pods may take to become ready'),
	}),
	resolved: canaryInput,
	output: canaryOutput,
	text: canaryText,

	plan: (input, context: Context<DeployPorts>) => planCanary(input, context),
	recall: (plan, sealed, context) => recallRollout(plan, sealed, context),

	async apply({input, steps}, context, effects) {
		const {name, namespace, image} = input;
		const workload = {namespace, name};
		const script = scriptFrom(input.outline, steps);
		const staged = {workload, script, steps, layout: layoutOf(script, atStart, true), judge: canaryJudge(input, context)};
		const run = () => runScript(staged, context, effects);
		const output = (end: RolloutEnd) => canaryResult(image, end, script);
		return output(await rolloutEnded({workload, strategy: 'canary', signal: context.signal, output}, run));
	},
});
