import {objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Choice} from '../../../conversation/event.ts';
import type {Clause} from '../../clause.ts';
import type {Intent, Understanding} from '../../understanding.ts';
import {inLanguage, type Question, question} from '../asking.ts';
import {containerSpoken} from '../edit-targets.ts';
import {containerFor, imageOf} from '../image/new-image.ts';
import {versionIn} from '../image/version-words.ts';
import {isQuestion, targetsIn} from '../targets.ts';
import {canaryDeployment, canaryReplicas, stableReplicas} from './canary-deployment.ts';
import {canaryName, shareIn, speaksOfCanary} from './canary-words.ts';

/** What a canary lacks, and asks for. */
function lacking(clause: Clause, stable: KubeObject | undefined): Question | undefined {
	const version = versionIn(clause);
	const share = shareIn(clause);
	if (stable !== undefined && version !== undefined && share !== undefined) return undefined;
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
		const name = canaryName(clause);
		const targets = await targetsIn(asking, ['Deployment']);
		if (isQuestion(targets)) return targets;
		const existing = targets.find(({metadata}) => metadata.name === name || metadata.name.endsWith('-canary'));
		if (existing !== undefined) return undefined;
		const [stable] = targets;
		const lacks = lacking(clause, stable);
		const version = versionIn(clause);
		const share = shareIn(clause);
		if (lacks !== undefined || stable === undefined || version === undefined || share === undefined) return lacks;
		const container = containerSpoken(asking, stable, (of, words) => containerFor(of, version, words));
		if ('kind' in container) return container;
		const replicas = canaryReplicas(stableReplicas(stable), share);
		const wish = {name: name ?? `${stable.metadata.name}-canary`, container, image: imageOf(container, version), replicas};
		const manifest = canaryDeployment(stable, wish);
		const percent = Math.round((100 * replicas) / (replicas + stableReplicas(stable)));
		const title = refText(refOf(stable));
		return {
			kind: 'calls',
			said: inLanguage(
				clause,
				`Create Deployment ${wish.name} with ${replicas} pods of ${wish.image} beside ${title}: ${percent}% of the pods behind its Service`,
				`${title} 옆에 ${wish.image} 파드 ${replicas}개로 디플로이먼트 ${wish.name} 생성: 서비스 뒤 파드의 ${percent}%`,
			),
			calls: [{tool: 'resource_apply', input: {manifest: JSON.stringify(manifest), ...scopeOf(objectAt(manifest, 'metadata').namespace)}}],
		};
	},
};

const scopeOf = (namespace: unknown) => (typeof namespace === 'string' ? {namespace} : {});
