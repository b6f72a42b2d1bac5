import {listAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {addedImageCause} from './added-image-cause.ts';
import type {Case} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {placedContainers, podSpecPlace} from './container-place.ts';
import {type ContainerState, containerStates, onePerContainer, presentPods} from './container-state.ts';
import {ranOtherImages} from './earlier-revision.ts';
import {fieldPath} from './field-path.ts';
import {type KnownImage, knownImage} from './known-images.ts';
import {type Exchange, exchange} from './patch-remedy.ts';
import {backRemedy, changeEvidence, changeOf, changesAt, type TemplateChange} from './template-change.ts';

const pullReasons = new Set([
	'ErrImagePull',
	'ImagePullBackOff',
	'InvalidImageName',
	'ErrImageNeverPull',
	'ImageInspectError',
	'RegistryUnavailable',
	'SignatureValidationFailed',
]);

type Trouble = {readonly id: Cause['id']; readonly en: string; readonly ko: string};

/** What registries and runtimes answer, the most telling first. The reason of the kubelet stands before its message. */
const troubles: readonly (readonly [RegExp, Trouble])[] = [
	[
		/^InvalidImageName|invalid reference format|couldn't parse image/i,
		{id: 'image-name-invalid', en: 'is no image name', ko: '올바른 이미지 이름이 아닙니다'},
	],
	[
		/^ErrImageNeverPull|imagePullPolicy.*Never|with pull policy of Never/i,
		{
			id: 'image-never-pulled',
			en: 'is on no node, and imagePullPolicy Never forbids to fetch it',
			ko: '노드에 없는데 imagePullPolicy가 Never라 가져오지 않습니다',
		},
	],
	[
		/toomanyrequests|too many requests|rate limit|\b429\b/i,
		{
			id: 'image-rate-limited',
			en: 'is not handed out for now: the registry limits how much is pulled',
			ko: '레지스트리의 다운로드 한도 때문에 받을 수 없습니다',
		},
	],
	[
		/no match for platform|no matching manifest|does not match the specified platform|exec format/i,
		{id: 'image-wrong-architecture', en: 'is not made for the architecture of the node', ko: '노드 아키텍처용으로 만들어지지 않았습니다'},
	],
	[
		/unauthorized|denied|authentication|authorization failed|no basic auth|forbidden|\b40[13]\b/i,
		{id: 'image-pull-denied', en: 'is refused by the registry', ko: '레지스트리가 거부합니다'},
	],
	[
		/no such host|dial tcp|connection refused|i\/o timeout|network is unreachable|server misbehaving|x509|certificate|TLS handshake|^RegistryUnavailable/i,
		{
			id: 'image-registry-unreachable',
			en: 'cannot be pulled: its registry does not answer',
			ko: '레지스트리에 연결할 수 없어 받을 수 없습니다',
		},
	],
];

const gone: Trouble = {
	id: 'image-not-pulled',
	en: 'cannot be pulled: most likely this tag does not exist',
	ko: '를 가져올 수 없습니다: 이 태그가 없을 가능성이 큽니다',
};

/** An image that the nodes cannot pull: it is not there, or the registry lets nobody in. */
export function imageCauses(given: Case): readonly Cause[] {
	const stuck = onePerContainer(containerStates(presentPods(given)).filter(({reason}) => pullReasons.has(reason)));
	return stuck.map(state => addedImageCause(state, given) ?? causeOf(state, given));
}

function causeOf({pod, name, reason, message}: ContainerState, given: Case): Cause {
	const owner = given.workload ?? pod;
	const placed = placedContainers(owner).find(each => each.name === name);
	const image = textAt(placed?.container, 'image') ?? '';
	const said = `${reason}: ${message}`;
	const {id, en, ko} = troubles.find(([test]) => test.test(said))?.[1] ?? gone;
	const secrets = listAt(given.podSpec, 'imagePullSecrets').flatMap(each => textAt(each, 'name') ?? []);
	const change = changeOf(given, earlier => ranOtherImages(given, earlier));
	const credentials = changesAt(changeOf(given), [...podSpecPlace(owner), 'imagePullSecrets']);
	const isDenied = id === 'image-pull-denied';
	const field = id === 'image-never-pulled' ? 'imagePullPolicy' : 'image';
	const with_ =
		secrets.length === 0
			? ['the pods name no imagePullSecrets', '파드에 imagePullSecrets가 없습니다']
			: [`with imagePullSecrets ${secrets.join(', ')}`, `imagePullSecrets ${secrets.join(', ')}`];
	const place =
		isDenied && credentials.length > 0 ? [...podSpecPlace(owner), 'imagePullSecrets'] : [...(placed?.place ?? podSpecPlace(owner)), field];
	const changed = isDenied && credentials.length > 0 ? changeOf(given) : change;
	const instead = changed === undefined && replaceable.has(id) && placed !== undefined ? knownImage(image, given.scene) : undefined;
	return {
		id,
		resource: refOf(owner),
		path: fieldPath(owner, place),
		cause: {
			en: `The image ${image} of container ${name} ${en}${isDenied ? ` (${with_[0]})` : ''}`,
			ko: `컨테이너 ${name}의 이미지 ${image}: ${ko}${isDenied ? ` (${with_[1]})` : ''}`,
		},
		evidence: [
			{source: refText(refOf(pod)), detail: shortLine(said, 240)},
			...(instead === undefined ? [] : [{source: instead.source, detail: instead.detail}]),
			...changeEvidence(given, changed, isDenied ? accessChanges(changed, place) : changesAt(changed, place)),
		],
		remedies: remediesOf(id, given, {change: changed, place, image, instead}),
	};
}

/** What of a change decides who asks for what: the pull Secrets, and with them the images that were pulled without. */
function accessChanges(change: TemplateChange | undefined, place: Exchange['path']): readonly Exchange[] {
	const own = changesAt(change, place);
	const isSecrets = place.at(-1) === 'imagePullSecrets';
	const images = (change?.exchanges ?? []).filter(({path}) => isSecrets && path.at(-1) === 'image');
	return [...own, ...images];
}

/** Of these another image is worth a try. */
const replaceable = new Set<Cause['id']>(['image-not-pulled', 'image-registry-unreachable', 'image-wrong-architecture']);

const insteadRemedy = (workload: KubeObject, path: Exchange['path'], image: string, {image: to}: KnownImage): Remedy =>
	exchange(workload, [{path, from: image, to}], {
		side: 'workload',
		sure: false,
		amount: to,
		text: {en: `Let ${refText(refOf(workload))} run ${to}`, ko: `${refText(refOf(workload))}가 ${to}를 실행하게 합니다`},
	});

type Way = {
	readonly change: TemplateChange | undefined;
	readonly place: Exchange['path'];
	readonly image: string;
	readonly instead: KnownImage | undefined;
};

function remediesOf(id: Cause['id'], given: Case, {change, place, image, instead}: Way): Cause['remedies'] {
	const {workload} = given;
	if (id === 'image-rate-limited') return [];
	// Of an image that is refused, an earlier one of the same registry would be refused as well, unless what changed is who asks.
	if (id === 'image-pull-denied') return backRemedy(given, change, accessChanges(change, place));
	if (workload === undefined) return [];
	if (id !== 'image-never-pulled') {
		const back = backRemedy(given, change);
		return back.length > 0 || instead === undefined ? back : [insteadRemedy(workload, place, image, instead)];
	}
	return [
		exchange(workload, [{path: place, from: 'Never', to: 'IfNotPresent'}], {
			side: 'workload',
			sure: true,
			text: {
				en: `Let the nodes pull the image of ${refText(refOf(workload))}`,
				ko: `${refText(refOf(workload))}의 이미지를 노드가 받게 합니다`,
			},
		}),
	];
}
