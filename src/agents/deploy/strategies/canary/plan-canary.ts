import type * as z from 'zod';
import {canonicalJson} from '../../../../core/json.ts';
import {numberAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Draft} from '../../../../core/plan.ts';
import type {Context} from '../../../../core/tool.ts';
import {type Autoscaler, autoscalerOf} from '../../autoscaler.ts';
import {keepNow} from '../../bundle/keep-now.ts';
import {durationMs} from '../../duration.ts';
import {once} from '../../metrics/once.ts';
import type {DeployPorts} from '../../ports.ts';
import {refuseUnsettled} from '../../rollout/half-rolled.ts';
import {onceSeen} from '../../rollout/once-seen.ts';
import {atStart, draftRollout} from '../../staged/draft-rollout.ts';
import {withGuardian} from '../../staged/guardian/with-guardian.ts';
import {nothingToRoll} from '../../staged/nothing-to-roll.ts';
import {outlineOf} from '../../staged/outline.ts';
import {whileAlone} from '../../staged/record/refuse-rolling.ts';
import {rolloutRefs} from '../../staged/record/rollout-objects.ts';
import {copyName} from '../../traffic/copy/separate-copy.ts';
import {missedServices} from '../../traffic/missed-services.ts';
import {findRoutes} from '../../traffic/routes/find-routes.ts';
import type {Traffic} from '../../traffic/traffic.ts';
import {trafficOf} from '../../traffic/traffic-of.ts';
import {deploymentRef, liveDeployment, refusePaused} from '../../workload.ts';
import {newVersion} from '../rolling/new-version.ts';
import type {AskedCanary} from './asked-canary.ts';
import type {canaryInput} from './canary-input.ts';
import {canaryNotes} from './canary-notes.ts';
import {type CanaryStory, newWords, oldWords} from './canary-story.ts';
import {forecastOf} from './forecast.ts';
import {ratioStages, routeStages, surgeIn} from './judging/canary-stages.ts';
import type {Judging} from './judging/choose-judge.ts';
import {judgingOf} from './judging/judging-of.ts';
import {readWeights} from './read-weights.ts';
import {refuseCanary} from './refuse-canary.ts';
import {refuseChoices} from './refuse-choices.ts';
import {refuseQuota} from './refuse-quota.ts';
import {baselineName, canaryName} from './script/canary-manifest.ts';
import {ratioScript} from './script/ratio-script.ts';
import {routeScript} from './script/route-script.ts';
import {judgedStages} from './script/stage-acts.ts';
import {surgeOf} from './surge-of.ts';

type Resolved = z.output<typeof canaryInput>;

/** The plan of a canary, by a route where one leads to the workload and by numbers of pods where none does. */
export async function planCanary(asked: AskedCanary, context: Context<DeployPorts>): Promise<Draft<Resolved>> {
	// The metrics server is looked for once, whoever asks.
	const ports = {...context.ports, metrics: once(context.ports.metrics)};
	const {cluster} = ports;
	const {name, steps, interval, readyWithin, pauseAt = ''} = asked;
	const namespace = asked.namespace ?? cluster.namespace;
	const stable = await onceSeen(await liveDeployment(cluster, namespace, name), context);
	const version = newVersion(stable, asked);
	const replicas = numberAt(stable, 'spec', 'replicas') ?? 1;
	const known = {
		namespace,
		name,
		version: version.imageInput ?? version.words,
		image: version.image,
		steps,
		pauseAt,
		interval,
		readyWithin,
		replicas,
	};
	if (canonicalJson(version.template) === canonicalJson(valueAt(stable, 'spec', 'template')))
		return nothingToRoll(
			stable,
			{...known, canary: canaryName(name), chosen: [], byPods: [], outline: {acts: [], wayBack: []}},
			`${namespace}/${name} runs ${version.image} already`,
		);
	refusePaused(stable);
	return whileAlone(cluster, {namespace, name}, context, async opens => {
		refuseUnsettled(stable);
		const routes = await findRoutes(cluster, stable);
		const {traffic: wanted, route, header, mirror} = asked;
		const traffic = trafficOf(routes, stable, {wanted, route, header, mirror});
		const isRatio = traffic.kind === 'replicas';
		refuseChoices(asked, isRatio);
		const canary = isRatio ? canaryName(name) : copyName(name, 'canary');
		const isWhole = !isRatio && readWeights(steps).includes(100);
		const beside = {canary, baseline: asked.baseline ? baselineName(name) : undefined};
		await refuseCanary(cluster, stable, replicas, beside, {isRatio, isWhole, steps});
		const scaler = await autoscalerOf(cluster, stable);
		const service = traffic.services[0]?.stable.name;
		const judged = await judgingOf(asked, {ports, stable, service});
		// Where nobody can tell, the number of stable pods is left alone: an autoscaler would put it back.
		const keepStable = scaler.scaler !== undefined || scaler.notChecked !== undefined;
		const surge = surgeIn(asked.maxSurge, replicas);
		const weights = readWeights(steps);
		const stages = isRatio ? ratioStages({replicas, weights, keepStable, surge}) : routeStages(replicas, weights);
		const story: CanaryStory = {
			stable,
			version,
			stages,
			replicas,
			keepStable,
			maxSurge: surge,
			interval,
			judgedBy: judged.words,
			readyWithinMs: durationMs(readyWithin),
			pauseAt: readWeights(pauseAt),
			baseline: asked.baseline,
		};
		const copies = Math.max(isWhole ? replicas : 0, ...stages.map(stage => stage.canary)) * (asked.baseline ? 2 : 1);
		await refuseQuota(cluster, stable, version.template, {
			extra: copies + surgeOf(stable, replicas),
			what: 'canary',
			smaller: 'End with a smaller step, such as --steps 10,25',
		});
		const plain = isRatio
			? ratioScript(story)
			: routeScript({
					...story,
					traffic,
					services: routes.objects.filter(({kind}) => kind === 'Service'),
					scaler: await scalerObject(context, namespace, scaler),
					whole: isWhole,
					autoscalerAfter: asked.autoscalerAfter,
					mirrored: mirror !== undefined,
				});
		const missed = await missedServices(cluster, stable, routes.objects);
		const refs = rolloutRefs({namespace, name});
		const script = asked.guardian
			? await withGuardian(cluster, plain, {
					workload: stable,
					refs,
					image: asked.guardianImage,
					copy: isWhole ? deploymentRef(namespace, canary) : undefined,
				})
			: plain;
		return draftRollout(cluster, {
			input: {
				...known,
				canary,
				...namesOf(traffic, asked),
				chosen: [...judged.chosen],
				byPods: [...judged.byPods],
				...('config' in judged && {
					kayenta: {config: judged.config, lastWeight: judgedStages(script).findLast(({share}) => share < 1)?.weight ?? 0},
				}),
				outline: outlineOf(script),
			},
			strategy: 'canary',
			workload: stable,
			script,
			start: atStart,
			opens,
			keeping: await keepNow(cluster, stable),
			scaled: scaler.scaler !== undefined,
			summary: `Canary of ${namespace}/${name}: ${version.words} at ${steps.replaceAll(',', ', ')} %${isRatio ? '' : ` by ${traffic.words}`}`,
			notes: [
				...(await forecastOf(ports, {
					stable,
					script,
					interval,
					chosen: 'config' in judged ? [] : judged.chosen,
					service,
					baseline: asked.baseline,
				})),
				...judged.notes,
				...traffic.notes,
				...(await canaryNotes(cluster, {stable, stages, weights: readWeights(steps), scaler, missed, isRatio})),
			],
			verify: verifyOf(story, judged),
			undo: {possible: true, how: `mkcoa undo sets ${name} back to what it was, by another rollout`},
		});
	});
}

const namesOf = ({services: [first]}: Traffic, {name, baseline}: AskedCanary) => ({
	...(first === undefined ? {} : {stableService: first.stable.name, canaryService: first.canary.name}),
	...(baseline ? {baseline: baselineName(name)} : {}),
});

async function scalerObject(
	{ports: {cluster}}: Context<DeployPorts>,
	namespace: string,
	{scaler}: Autoscaler,
): Promise<KubeObject | undefined> {
	if (scaler === undefined) return undefined;
	return cluster.get({apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', namespace, name: scaler});
}

function verifyOf({stable, version, replicas}: CanaryStory, judged: Judging): readonly string[] {
	const {name} = stable.metadata;
	return [
		`Each step is judged by ${judged.words}; one that is worse ends it, and so does one that nothing can be said of`,
		...judged.told,
		`A bad verdict brings ${name} back to ${replicas} pods of ${oldWords(version)} and removes the canary`,
		`${name} runs ${newWords(version)} with all its pods ready`,
	];
}
