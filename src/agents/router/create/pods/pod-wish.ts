import type {ContainerWish, PodWish} from '../manifests/pod.ts';
import {baseName, imageIn} from '../reading/image.ts';
import type {Mention} from '../reading/mentions.ts';
import {pullSecretIn} from '../reading/pull-secret.ts';
import type {References} from '../reading/references.ts';
import {says, type Wish, wishOf} from '../reading/wish.ts';
import {containerIn} from './container-wish.ts';
import {mountsOf} from './mounts-of.ts';
import {placingIn, placingOf} from './placing-words.ts';
import {type Section, sectionsOf, withoutContainers} from './sections.ts';
import {tolerationsIn} from './tolerations.ts';

const onFailure =
	/\bon ?failure|\brestart(?:ed|s)? (?:only )?(?:if|when) it fails|실패(?:하면|했을 때|할 때| 시)(?:에만|만)? ?(?:재시작|다시)/i;
const never = new RegExp(
	[
		'\\b(?:never|not|without|no)(?: be| to be)? restart(?:ed|s|ing)?\\b',
		'\\brestart(?:s|ed)? never\\b',
		"\\b(?:do|does|must|should|may|shall|is|are)(?:n't| not)(?: to)?(?: be)? restart(?:ed)?\\b",
		// `restart policy Never`, `재시작 정책은 Never`, `재시작은 절대 안 함(Never)`
		'(?:restart ?policy|재시작 ?정책)\\S{0,3}(?: (?:is|to|of|set to))? ?["\'`]?never\\b',
		'(?:재시작|다시 ?시작|재기동|restart)(?:은|을|이|는|를)? ?(?:절대 ?|따로 ?|전혀 ?)?(?:하지|되지|안|말|없|금지|never)',
	].join('|'),
	'i',
);

function restartPolicyIn(wish: Wish): PodWish['restartPolicy'] {
	if (says(wish, onFailure)) return 'OnFailure';
	return says(wish, never) ? 'Never' : undefined;
}

/** Nothing of this kind is named. */
const nowhere: Mention = {kind: 'Pod', first: -2, last: -2};

/** What a wish says of the pods of what it makes, without the name of its container. */
export type SpokenPod = Omit<PodWish, 'container' | 'image'> & {
	readonly image: string | undefined;
	/** Where the wish gives its container a name of its own. */
	readonly called: string | undefined;
	readonly references: References;
	/** The wish without what was read: what is left names the workload. */
	readonly rest: string;
};

/** `the container is called sync`, `container name sync`, `컨테이너 이름은 sync`. */
const containerName =
	/\bcontainer(?: is| should be| shall be)? (?:called|named|name(?: is| should be)?:?) ["'`]?([a-z0-9][a-z0-9-]*)|컨테이너(?:의)? ?(?:이름|명)(?:은|:)? ?["'`]?([a-z0-9][a-z0-9-]*)/i;

/**
 * @param isElsewhere amounts that belong to something else than the pods, such as the size of a volume
 */
export function podIn(
	whole: Wish,
	headOf: (wish: Wish) => Mention,
	isElsewhere: (wish: Wish) => (at: number) => boolean = () => () => false,
): SpokenPod {
	const tolerations = tolerationsIn(whole.text);
	const placed = placingIn(tolerations.rest);
	const {placing, nodeSelector} = placingOf(placed.found);
	const sections = sectionsOf(placed.rest);
	const plain = wishOf(sections === undefined ? placed.rest : withoutContainers(placed.rest, sections), whole.language);
	const at = imageIn(plain);
	const image = sections?.find(({role}) => role === 'main')?.image ?? (at === undefined ? undefined : plain.words[at]?.raw);
	const read = (sections ?? [{role: 'main', name: undefined, image: image ?? '', text: placed.rest} satisfies Section]).map(section => ({
		section,
		said: containerIn(section.text, whole.language, section.role === 'main' ? headOf : () => nowhere, isElsewhere),
	}));
	const isSharedEnv =
		/\b(?:both|each|all)(?: of them| containers)?(?: with| have| get| gets| need)?(?: the)?(?: same)? env|둘 ?다[^.]*환경 ?변수/i.test(
			whole.text,
		);
	const sharedEnv = isSharedEnv ? read.flatMap(({said}) => said.env) : [];
	const mounted = mountsOf(read.map(({section: {name, role}, said}) => ({name, role, spoken: said.spoken})));
	const containers = read.map(({section, said}, index) => ({
		section,
		said: {...said, env: isSharedEnv ? sharedEnv : said.env, mounts: [...said.mounts, ...(mounted[index] ?? [])]},
	}));
	const main = containers.find(({section: {role}}) => role === 'main') ?? containers[0];
	if (main === undefined) throw new Error('a pod without a container');
	const others = (role: Section['role']) =>
		containers.flatMap(({section, said}, index) =>
			section.role === role && section !== main.section ? [named(section, said, index)] : [],
		);
	const {references} = main.said;
	const pull = references.pullSecret ?? pullSecretIn(plain);
	return {
		...main.said,
		image,
		called: main.section.name ?? containerName.exec(main.section.text)?.slice(1).find(Boolean),
		beside: others('beside'),
		before: others('before'),
		annotations: {},
		serviceAccount: references.serviceAccount,
		pullSecrets: pull === undefined ? [] : [pull],
		nodeSelector: {...main.said.nodes, ...nodeSelector},
		restartPolicy: restartPolicyIn(whole),
		placing,
		spec: tolerations.found.length === 0 ? {} : {tolerations: tolerations.found},
		references,
		rest: sections === undefined ? main.said.rest : withoutContainers(containers.map(({said}) => said.rest).join(' '), sections),
	};
}

/** A container beside the main one. Its name is the one that it is given, or that of its image. */
function named(
	{name, image, role, text}: Section,
	{command, args, ports, env, envFrom, requests, limits, probes, mounts, more}: Omit<ContainerWish, 'container' | 'image'>,
	index: number,
): ContainerWish {
	const always =
		role === 'before' && /restart ?policy:? (?:is |of )?always|재시작 ?정책\S* ?always|\bnative side-?car/i.test(text)
			? {restartPolicy: 'Always'}
			: {};
	const base = baseName(image);
	return {
		container: name ?? (base === '' ? `container-${index}` : base),
		image,
		command,
		args,
		ports,
		env,
		envFrom,
		requests,
		limits,
		probes,
		mounts,
		more: {...more, ...always},
	};
}
