import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {containersOf, podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import {shortLine} from '../../../../core/text/short-line.ts';
import {isReady} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence, isChangedSinceMade} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';

/** `a.io/` and `a.io/team/` of the image a.io/team/web:1, and both without their last sign: what policies compare images with. */
const startsOf = (image: string): readonly string[] =>
	[...image.matchAll(/\//g)].flatMap(({index}) => [image.slice(0, index + 1), image.slice(0, index)]);

/** Images of pods that are ready: each of them was let pass. */
const runningImages = (namespace: string | undefined, survey: Survey): readonly string[] => [
	...new Set(
		survey
			.all('Pod', namespace)
			.filter(isReady)
			.flatMap(pod => containersOf(podSpecOf(pod)).flatMap(container => textAt(container, 'image') ?? [])),
	),
];

/** Keys of its parameter that a policy reads: `params.data.prefix`, `params.data['prefix']`. */
const keysRead = (policy: KubeObject): readonly string[] => [
	...new Set(
		[...JSON.stringify(policy.spec ?? {}).matchAll(/params\.data(?:\.(\w+)|\[\\?["']([\w.-]+)\\?["']\])/g)].map(
			([, dotted, quoted]) => dotted ?? quoted ?? '',
		),
	),
];

/** A word that no image begins with, and that is nearly what all of them begin with. */
function meantStart(word: string, images: readonly string[]): string | undefined {
	if (word.length < 4 || images.length === 0 || images.some(image => image.startsWith(word))) return undefined;
	const shared = startsOf(images[0] ?? '').filter(start => images.every(image => image.startsWith(start)));
	const alike = shared.filter(start => start.endsWith('/') === word.endsWith('/') && start.split('/').length === word.split('/').length);
	return nearestNames(word, alike)[0];
}

/** A policy that refuses what runs already, for a value of its parameter that is spelled nearly as all images begin. Undefined where nothing tells. */
export function parameterCause(workload: KubeObject, message: string, survey: Survey): Cause | undefined {
	const [, policyName = '', bindingName = ''] = /ValidatingAdmissionPolicy '([^']+)' with binding '([^']+)' denied/.exec(message) ?? [];
	const policy = survey.find('ValidatingAdmissionPolicy', undefined, policyName);
	const binding = survey.find('ValidatingAdmissionPolicyBinding', undefined, bindingName);
	if (policy === undefined || textAt(policy, 'spec', 'paramKind', 'kind') !== 'ConfigMap') return undefined;
	const {namespace} = workload.metadata;
	const map = survey.find(
		'ConfigMap',
		textAt(binding, 'spec', 'paramRef', 'namespace') ?? namespace,
		textAt(binding, 'spec', 'paramRef', 'name') ?? '',
	);
	if (map === undefined) return undefined;
	const images = runningImages(namespace, survey);
	for (const key of keysRead(policy)) {
		const value = textAt(map, 'data', key) ?? '';
		const words = value.split(/[\s,;]+/).filter(word => word !== '');
		// One of several may be for somebody else.
		const wrong = words.some(word => images.some(image => image.startsWith(word)))
			? undefined
			: words.find(word => meantStart(word, images));
		const meant = wrong === undefined ? undefined : meantStart(wrong, images);
		if (wrong === undefined || meant === undefined) continue;
		const [name, who] = [refText(refOf(map)), refText(refOf(workload))];
		return {
			id: 'policy-refuses',
			resource: refOf(map),
			path: `data.${key}`,
			hurts: [refOf(workload)],
			cause: {
				en: `${refText(refOf(policy))} refuses the pods of ${who} by ${key} ${wrong} of ${name}; what runs here begins with ${meant}`,
				ko: `${refText(refOf(policy))}이(가) ${name}의 ${key} 값 ${wrong} 때문에 ${who}의 파드를 거절합니다. 실행 중인 이미지는 ${meant}(으)로 시작합니다`,
			},
			evidence: [
				{source: who, detail: shortLine(message, 300)},
				{
					source: refText(refOf(policy)),
					detail: `reads ${key} of ${name}: ${shortLine(JSON.stringify(listAt(policy, 'spec', 'validations').map(each => valueAt(each, 'expression'))), 200)}`,
				},
				...changeEvidence(map),
			],
			remedies: [
				exchange(map, [{path: ['data', key], from: value, to: value.replace(wrong, meant)}], {
					side: 'settings',
					sure: isChangedSinceMade(map),
					text: {en: `Set ${key} of ${name} to ${meant}`, ko: `${name}의 ${key}을(를) ${meant}(으)로 바꿉니다`},
				}),
			],
		};
	}
	return undefined;
}
