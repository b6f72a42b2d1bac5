import {objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../../core/kube/selector.ts';
import type {Choice} from '../../../conversation/event.ts';
import type {Clause} from '../../clause.ts';
import type {Intent, Understanding} from '../../understanding.ts';
import {givesOrder} from '../../words/mood/mood-of.ts';
import type {World} from '../../world.ts';
import {type Asking, inLanguage, type Question, question} from '../asking.ts';
import {containersIn} from '../containers.ts';
import {containerSpoken} from '../edit-targets.ts';
import {containerFor, imageOf, type Version} from '../image/new-image.ts';
import {versionIn} from '../image/version-words.ts';
import {isQuestion, targetsIn} from '../targets.ts';
import {canaryDeployment, canaryReplicas, stableReplicas, type Wish} from './canary-deployment.ts';
import {stepsIn} from './canary-steps.ts';
import {canaryName, canaryPods, shareIn, speaksOfCanary} from './canary-words.ts';

/** What a canary lacks, and asks for. */
function lacking(clause: Clause, stable: KubeObject | undefined, version: Version | undefined, share: number | undefined): Question {
	const parts: readonly (readonly [boolean, string, string])[] = [
		[stable === undefined, 'which workload', '어느 워크로드'],
		[version === undefined, 'which image or tag', '어느 이미지(태그)'],
		[share === undefined, 'what percentage of the traffic', '트래픽의 몇 퍼센트'],
	];
	const missing = parts.filter(([lacks]) => lacks);
	return question(
		clause,
		`A canary needs more: ${missing.map(([, english]) => english).join(', ')}?`,
		`카나리에 필요한 것이 더 있습니다: ${missing.map(([, , korean]) => korean).join(', ')}인가요?`,
		stable === undefined || version === undefined ? [] : shares(clause, stable, 'image' in version ? version.image : version.tag),
	);
}

/** The two kinds of canary, where only the share is not said. */
function shares(clause: Clause, {metadata: {name, namespace = 'default'}}: KubeObject, version: string): readonly Choice[] {
	const request = (share: string) =>
		inLanguage(
			clause,
			`Canary ${name} in namespace ${namespace} with ${version} at ${share} percent`,
			`${namespace}의 ${name}을 ${version}으로 ${share}% 카나리 배포해줘`,
		);
	return [
		{
			text: inLanguage(clause, 'Steps of 25, 50 and 100 %, each judged by its metrics', '25, 50, 100 % 단계로, 단계마다 지표로 판정'),
			request: request('25, 50, 100'),
		},
		{
			text: inLanguage(clause, 'A quarter of the pods beside it, until you decide', '파드의 4분의 1만 옆에 띄워 두기'),
			request: request('25'),
		},
	];
}

/** Puts a Deployment of its own beside the stable one, with as many pods as make the wanted share of those behind the existing Service. */
export const canaryIntent: Intent = {
	name: 'canary',
	async understand(clause, world, talk): Promise<Understanding | undefined> {
		if (!speaksOfCanary(clause)) return undefined;
		const asking = {clause, world, talk};
		const stables = await stablesIn(asking);
		if (isQuestion(stables)) return stables;
		const name = canaryName(clause, await takenNames(world), stables[0]?.metadata.name);
		const existing = stables.find(({metadata}) => metadata.name === name || metadata.name.endsWith('-canary'));
		if (existing !== undefined) return undefined;
		const [stable] = stables;
		const version = newVersion(clause, stable);
		const share = shareIn(clause);
		const pods = share === undefined ? canaryPods(clause) : undefined;
		if (stable === undefined || version === undefined || (share === undefined && pods === undefined))
			return lacking(clause, stable, version, share);
		const container = containerSpoken(asking, stable, (of, words) => containerFor(of, version, words));
		if ('kind' in container) return container;
		const replicas = pods ?? canaryReplicas(stableReplicas(stable), share ?? 0);
		return planned(asking, stable, {
			name: name ?? `${stable.metadata.name}-canary`,
			container,
			image: imageOf(container, version),
			replicas,
		});
	},
};

/** The canary of a request that speaks of nothing else, however many sentences it takes: what it leaves alone is left alone by any canary. */
export const canaryAtOnce: Intent = {
	name: 'canary of the whole request',
	async understand(clause, world, talk) {
		if (stepsIn(clause) !== undefined || !givesOrder(clause.text)) return undefined;
		const understood = await canaryIntent.understand(clause, world, talk);
		return understood?.kind === 'calls' ? understood : undefined;
	},
};

async function takenNames(world: World): Promise<ReadonlySet<string>> {
	const lists = await Promise.all([world.namespaces(), world.objects('Deployment'), world.objects('Service')]);
	return new Set(lists.flat().map(one => (typeof one === 'string' ? one : one.metadata.name)));
}

/** The Deployments that are named, else those whose pods the named Service selects. */
async function stablesIn(asking: Asking): Promise<readonly KubeObject[] | Question> {
	const targets = await targetsIn(asking, ['Deployment']);
	if (isQuestion(targets) || targets.length > 0) return targets;
	const services = await targetsIn(asking, ['Service']);
	if (isQuestion(services)) return services;
	const behind = await Promise.all(
		services.map(async service => {
			const selector = objectAt(service, 'spec', 'selector');
			const all = await asking.world.objects('Deployment', service.metadata.namespace);
			return all.filter(
				one => Object.keys(selector).length > 0 && fitsMap(selector, objectAt(one, 'spec', 'template', 'metadata', 'labels')),
			);
		}),
	);
	return behind.flat();
}

/** The version that does not run yet: `5.4.0 beside 5.3.1`. */
function newVersion(clause: Clause, stable: KubeObject | undefined): Version | undefined {
	const running = stable === undefined ? [] : containersIn(stable).map(({image}) => image);
	const isRunning = (said: string) => running.some(image => image === said || image.endsWith(`:${said}`));
	const words = clause.words.filter(({raw}) => !isRunning(raw));
	return versionIn({words}) ?? versionIn(clause);
}

function planned({clause}: Asking, stable: KubeObject, wish: Wish): Understanding {
	const manifest = canaryDeployment(stable, wish);
	const {replicas, image, name} = wish;
	const percent = Math.round((100 * replicas) / (replicas + stableReplicas(stable)));
	const title = refText(refOf(stable));
	return {
		kind: 'calls',
		said: inLanguage(
			clause,
			`Create Deployment ${name} with ${replicas} pods of ${image} beside ${title}: ${percent}% of the pods behind its Service`,
			`${title} 옆에 ${image} 파드 ${replicas}개로 디플로이먼트 ${name} 생성: 서비스 뒤 파드의 ${percent}%`,
		),
		calls: [{tool: 'resource_apply', input: {manifest: JSON.stringify(manifest), ...scopeOf(objectAt(manifest, 'metadata').namespace)}}],
	};
}

const scopeOf = (namespace: unknown) => (typeof namespace === 'string' ? {namespace} : {});
