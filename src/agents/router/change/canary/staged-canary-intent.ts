import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {trackLabel} from '../../../deploy/track-label.ts';
import type {Clause} from '../../clause.ts';
import type {Intent, Understanding} from '../../understanding.ts';
import {inLanguage, question} from '../asking.ts';
import {containerSpoken} from '../edit-targets.ts';
import {containerFor, imageOf} from '../image/new-image.ts';
import {versionIn} from '../image/version-words.ts';
import {isQuestion, targetsIn} from '../targets.ts';
import {intervalIn, speaksOfSteps, stepsIn} from './canary-steps.ts';
import {speaksOfCanary} from './canary-words.ts';

/** A new version that takes over in several shares is a rollout that judges each of them, where one share alone is a Deployment beside the stable one. */
export const stagedCanaryIntent: Intent = {
	name: 'canary in steps',
	async understand(clause, world, talk): Promise<Understanding | undefined> {
		const steps = stepsIn(clause);
		const version = versionIn(clause);
		if (steps === undefined || version === undefined || !(speaksOfCanary(clause) || speaksOfSteps(clause))) return undefined;
		const asking = {clause, world, talk};
		const targets = await targetsIn(asking, ['Deployment']);
		if (isQuestion(targets)) return targets;
		const [workload, ...others] = targets;
		if (workload === undefined || others.length > 0) return undefined;
		if (workload.metadata.labels?.[trackLabel] === 'canary') return canaryThere(clause, workload);
		const container = containerSpoken(asking, workload, (of, words) => containerFor(of, version, words));
		if ('kind' in container) return container;
		const {name, namespace} = workload.metadata;
		const image = imageOf(container, version);
		const interval = intervalIn(clause);
		const title = refText(refOf(workload));
		const shares = steps.join(', ');
		return {
			kind: 'calls',
			said: inLanguage(
				clause,
				`Canary of ${title} with ${image} at ${shares} %, judged at each step`,
				`${title}을(를) ${image}로 ${shares} % 카나리 배포, 단계마다 판정`,
			),
			calls: [
				{
					tool: 'deployment_canary',
					input: {
						name,
						...(namespace === undefined ? {} : {namespace}),
						image: `${container.name}=${image}`,
						steps: steps.join(','),
						...(interval === undefined ? {} : {interval}),
					},
				},
			],
		};
	},
};

/** One that somebody put there by hand: two of them would share the requests with the stable version. */
function canaryThere(clause: Clause, canary: KubeObject) {
	const {name, namespace = 'default'} = canary.metadata;
	const title = `Deployment ${name} in ${namespace}`;
	const stable = name.replace(/-canary$/, '');
	return question(
		clause,
		`${title} is a canary already. Which one should serve? Take it away first, or let it go on.`,
		`${title}은(는) 이미 카나리입니다. 먼저 없애거나 그대로 두세요.`,
		[
			{
				text: inLanguage(clause, `Take back the rollout of ${stable}`, `${stable}의 롤아웃 중단`),
				request: inLanguage(clause, `Abort the rollout of ${stable} in ${namespace}`, `${namespace}의 ${stable} 롤아웃 중단해줘`),
			},
			{text: inLanguage(clause, `Delete ${title}`, `${title} 삭제`), request: `Delete ${title}`},
			{text: inLanguage(clause, `Show ${title}`, `${title} 보기`), request: `Show ${title}`},
		],
	);
}
