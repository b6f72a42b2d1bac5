import * as z from 'zod';
import type {DeployPorts} from '../../src/agents/deploy/ports.ts';
import {type Act, type Script, scriptSchema} from '../../src/agents/deploy/staged/act.ts';
import {applyControl} from '../../src/agents/deploy/staged/control/apply-control.ts';
import {type ControlVerb, controlInput, controlOutput, controlText} from '../../src/agents/deploy/staged/control/control-input.ts';
import {planControl} from '../../src/agents/deploy/staged/control/plan-control.ts';
import {atStart, draftRollout} from '../../src/agents/deploy/staged/draft-rollout.ts';
import type {judgeOf} from '../../src/agents/deploy/staged/judges.ts';
import {layoutOf} from '../../src/agents/deploy/staged/layout.ts';
import {workloadName} from '../../src/agents/deploy/staged/lease/held-by.ts';
import {outlineOf, outlineSchema} from '../../src/agents/deploy/staged/outline.ts';
import {recallRollout} from '../../src/agents/deploy/staged/recall/recall-rollout.ts';
import {whileAlone} from '../../src/agents/deploy/staged/record/refuse-rolling.ts';
import {runScript} from '../../src/agents/deploy/staged/run-script.ts';
import type {JudgeStage} from '../../src/agents/deploy/staged/wait-for.ts';
import {deploymentRef, liveDeployment} from '../../src/agents/deploy/workload.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import type {Write} from '../../src/core/plan.ts';
import {type Context, changeTool} from '../../src/core/tool.ts';
import {webDeployment} from './web-deployment.ts';

const stableRef = deploymentRef('shop', 'web');
const canaryRef = deploymentRef('shop', 'web-canary');
const scale = (ref: typeof stableRef, replicas: number): Write => ({op: 'patch', ref, type: 'merge', patch: {spec: {replicas}}});
const ready = (ref: typeof stableRef, pods: number) => ({kind: 'ready', ref, pods, withinMs: 60_000}) as const;
const image = (tag: string): Write => ({
	op: 'patch',
	ref: stableRef,
	type: 'json',
	patch: [{op: 'replace', path: '/spec/template/spec/containers/0/image', value: `registry.example/shop/web:${tag}`}],
});

const canaryOf = (stable: KubeObject): KubeObject => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'web-canary', namespace: 'shop', labels: {track: 'canary'}, annotations: {'mkcoa.dev/canary-of': 'web'}},
	spec: {...(stable.spec as object), replicas: 1},
});

/** A small canary of `web`: beside it, judged, promoted; and back. */
export const smallScript = (stable: KubeObject): Script => ({
	acts: [
		{
			title: 'Start web-canary',
			writes: [{op: 'create', ref: canaryRef, manifest: canaryOf(stable)}],
			wait: ready(canaryRef, 1),
			ifDies: 'web-canary serves beside all of web',
		},
		{title: 'Take web to 3 pods', writes: [scale(stableRef, 3)], ifDies: 'web-canary serves 25 %'},
		{title: 'Judge', writes: [], wait: {kind: 'judge', weight: 25, share: 0.25, pods: 1}, ifDies: 'web-canary serves 25 %'},
		{
			title: 'Grow web-canary to 2',
			writes: [scale(canaryRef, 2), scale(stableRef, 2)],
			wait: ready(canaryRef, 2),
			ifDies: 'web-canary serves 50 %',
		},
		{
			title: 'Promote',
			writes: [image('2'), scale(stableRef, 4)],
			wait: ready(stableRef, 4),
			ifDies: 'web rolls out, web-canary serves beside it',
		},
		{title: 'Remove web-canary', writes: [{op: 'delete', ref: canaryRef}], ifDies: 'web runs the new version'},
	],
	wayBack: [
		{
			title: 'Web back to 4 pods',
			writes: [image('1.4.2'), scale(stableRef, 4)],
			wait: ready(stableRef, 4),
			ifDies: 'web-canary still serves',
		},
		{title: 'Remove web-canary', writes: [{op: 'delete', ref: canaryRef}], ifDies: 'all is as before'},
	] satisfies readonly Act[],
});

const annotations = {readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true};

/** A tool that carries the script out, as the deploy tools do. */
const passes: JudgeStage = async () => ({verdict: 'pass', reason: 'as the test says'});

export const rolloutTool = (judge = passes, scriptFor = smallScript) =>
	changeTool({
		name: 'test_rollout',
		summary: 'Carries a script out',
		effect: 'change',
		annotations,
		command: ['test', 'rollout'],
		positionals: [],
		input: z.object({}),
		resolved: z.object({name: z.string(), namespace: z.string(), script: z.string(), outline: outlineSchema}),
		output: z.object({ended: z.enum(['forward', 'back']), reason: z.string(), left: z.array(z.string()), undone: z.array(z.string())}),
		text: ({ended}) => ended,
		async plan(_input, context: Context<DeployPorts>) {
			const {cluster} = context.ports;
			const workload = await liveDeployment(cluster, 'shop', 'web');
			const script = scriptFor(workload);
			return whileAlone(cluster, workloadName(workload), context, opens =>
				draftRollout(cluster, {
					input: {name: 'web', namespace: 'shop', script: JSON.stringify(script), outline: outlineOf(script)},
					strategy: 'canary',
					workload,
					summary: 'Small canary of web',
					script,
					start: atStart,
					opens,
					scaled: false,
					notes: [],
					verify: [],
					undo: {possible: true, how: 'mkcoa undo'},
				}),
			);
		},
		recall: (plan, sealed, context) => recallRollout(plan, sealed, context),
		async apply({input, steps}, context, effects) {
			const script = scriptSchema.parse(JSON.parse(input.script));
			const workload = {namespace: input.namespace, name: input.name};
			const end = await runScript({workload, script, steps, layout: layoutOf(script, atStart, true), judge}, context, effects);
			if (end.ended === 'forward')
				return {ended: end.ended, reason: '', left: end.unfinished.map(({what, command}) => `${what}: ${command}`), undone: []};
			return {ended: end.ended, reason: end.reason, left: [...end.left], undone: [...end.undone]};
		},
	});

/** A verb for a rollout that lasts, as the tools of the deploy specialist offer it. */
export const controlTool = (verb: ControlVerb, options: {readonly full?: boolean} = {}, judge: typeof judgeOf = () => passes) =>
	changeTool({
		name: 'test_control',
		summary: 'Controls a rollout',
		effect: 'change',
		annotations,
		command: ['test', 'control'],
		positionals: [],
		input: z.object({}),
		resolved: controlInput,
		output: controlOutput,
		text: controlText,
		plan: async (_input, context: Context<DeployPorts>) =>
			planControl(verb, await liveDeployment(context.ports.cluster, 'shop', 'web'), options, context),
		apply: (plan, context, effects) => applyControl(plan, context, effects, judge),
	});

export const webWorld = () => ({objects: [webDeployment()]});
