import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {imagesIn} from '../../words/values.ts';
import type {World} from '../../world.ts';
import {isSaid} from '../reading/creation.ts';
import {type Head, headOf, isOtherPolicy} from '../reading/head.ts';
import {hostsIn} from '../reading/ingress-words.ts';
import {type Mention, type Mentioned, mentionsIn} from '../reading/mentions.ts';
import {indexOfWord, isNameWord} from '../reading/naming.ts';
import {isOnlyName, type NewlyNamed, newlyNamed} from '../reading/new-name.ts';
import {isPlaceMention} from '../reading/place-mention.ts';
import {spokenNamespaces} from '../reading/places.ts';
import {plainAt, type Wish} from '../reading/wish.ts';
import {liveNames} from '../scene.ts';

/** `name`: index of the word; `isOnly`: nothing of another kind is named that is not there. */
export type NamedHead = Head & {readonly name: number; readonly isOnly: boolean};

const workloads: readonly Mentioned[] = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'];

/** `…; add one: web-metrics`, `make one called web-np`: of the kind that was spoken of last. */
const pronouns = (wish: Wish, mentions: readonly Mention[]): readonly Mention[] =>
	wish.words.flatMap((_, at) => {
		const kind = mentions.findLast(({last}) => last < at)?.kind;
		const isOne = plainAt(wish, at) === 'one' && /^(?:add|make|create|want|need|put|build|get|me|us|please)$/.test(plainAt(wish, at - 1));
		return kind === undefined || !isOne ? [] : [{kind, first: at, last: at}];
	});

const endings: readonly (readonly [Mentioned, RegExp])[] = [
	['PodDisruptionBudget', /-(?:pdb|budget)$/],
	['HorizontalPodAutoscaler', /-(?:hpa|autoscaler)$/],
	['ResourceQuota', /-quota$/],
	['NetworkPolicy', /-(?:netpol|policy)$/],
	['Role', /-role$/],
	['Ingress', /-ingress$/],
	['Service', /-(?:svc|service)$/],
	['Secret', /-secret$/],
	['ConfigMap', /-(?:cm|configmap)$/],
	['Namespace', /-(?:ns|namespace)$/],
];

/** `web-pdb: one pod at a time`: what no word calls so is called by its kind. */
function calledAsItsKind(wish: Wish, live: readonly string[]): NamedHead | undefined {
	const known = new Set(live);
	const found = wish.words.flatMap(({raw}, at) => {
		const kind = endings.find(([, ending]) => ending.test(raw))?.[0];
		return kind === undefined || known.has(raw) || !isNameWord(wish, at) ? [] : [{kind, mention: undefined, name: at, isOnly: true}];
	});
	return found.length === 1 ? found[0] : undefined;
}

const namesOf = (objects: readonly KubeObject[]) => new Set(objects.map(({metadata}) => metadata.name));

const ownNames: readonly Mentioned[] = ['NetworkPolicy', 'Role', 'RoleBinding', 'ServiceAccount'];

/** `policy shop-in`, `role pod-reader`: right behind such a kind, what elsewhere may be a word of the language is a name. */
const isBehind = (wish: Wish, {mention, at, weight}: NewlyNamed) =>
	// `쿼터 tight로 파드 5개까지만`
	(mention.kind === 'ResourceQuota' &&
		at === mention.last + 1 &&
		/^["'`]?(?:으로|로)[ ,]/.test(wish.text.slice(indexOfWord(wish, at) + (wish.words[at]?.raw.length ?? 0)))) ||
	isOwnName(wish, {mention, at, weight});
const isOwnName = (wish: Wish, {mention, at, weight}: Pick<NewlyNamed, 'mention' | 'at' | 'weight'>) =>
	ownNames.includes(mention.kind) &&
	at > mention.last &&
	weight >= 60 &&
	/-/.test(wish.words[at]?.raw ?? '') &&
	!isLike.test(wish.words[at]?.raw ?? '');
/** `requests for status.example.com reach grafana: ingress status in monitoring`: an Ingress that is told with its host. */
const isOfHost = (wish: Wish, {mention, at, weight}: NewlyNamed) =>
	mention.kind === 'Ingress' && at > mention.last && weight >= 60 && hostsIn(wish).length > 0;
/** What one is like, and no name of it. */
const isLike =
	/^(?:default-deny|deny-all|allow-all|allow-list|opt-in|opt-out|built-in|read-only|cluster-wide|namespace-wide|fine-grained)$/;

/** `an ingress … with TLS secret x`: where its certificate is. */
const isCertificateOf = (wish: Wish, {kind, first}: Mention) =>
	kind === 'Secret' &&
	mentionsIn(wish).some(other => other.kind === 'Ingress' && other.first < first) &&
	[1, 2, 3].some(back => /^(?:tls|https|cert|certificate|certificates|인증서)/.test(plainAt(wish, first - back)));

/** The kind that a wish names one of that is not there: whatever else it speaks of, that one is to be made. `name`: index of the word. */
export async function newlyNamedHead(wish: Wish, world: World): Promise<NamedHead | undefined> {
	const said = mentionsIn(wish).filter(
		mention =>
			!isOtherPolicy(wish, mention) &&
			!isPlaceMention(wish, mention) &&
			!workloads.includes(mention.kind) &&
			!isCertificateOf(wish, mention),
	);
	const mentions = [...said, ...pronouns(wish, said)];
	if (mentions.length === 0) return calledAsItsKind(wish, await liveNames(world));
	if (imagesIn(wish).some(({image}) => /[:@][^/]*$/.test(image))) return undefined;
	const [live, namespaces] = await Promise.all([liveNames(world), world.namespaces()]);
	const spoken = spokenNamespaces(wish, namespaces);
	const places = spoken.map(({at}) => at);
	// Rights are called alike in several namespaces; of other kinds the one of that name is meant, wherever it is.
	const isHere = (kind: Mentioned, namespace: string | undefined) =>
		places.length === 0 || !/^Role/.test(kind) || spoken.some(each => each.namespace === namespace);
	const known = new Set([...live, ...namespaces]);
	const named = newlyNamed(wish, {mentions, live: known, isOther: at => places.includes(at)});
	// `the web service answers slowly`: what the kind is said of is there, and an ordinary word behind it tells how it is.
	const isThere = ({first}: Mention) => known.has(wish.words[first - 1]?.raw ?? '') && wish.words[first - 1]?.stop === undefined;
	const own = new Set(mentions.map(({kind}) => kind));
	const taken = new Map(
		await Promise.all(
			[...own].map(
				async kind => [kind, namesOf((await world.objects(kind)).filter(({metadata}) => isHere(kind, metadata.namespace)))] as const,
			),
		),
	);
	const isFree = ({mention, at}: {readonly mention: Mention; readonly at: number}) =>
		taken.get(mention.kind)?.has(wish.words[at]?.raw ?? '') !== true;
	const first = named
		.filter(isFree)
		.find(
			each =>
				each.isStated ||
				known.has(wish.words[each.at]?.raw ?? '') ||
				isOnlyName(wish.words[each.at]?.raw ?? '') ||
				isBehind(wish, each) ||
				isOfHost(wish, each) ||
				(isSaid(wish) && !isThere(each.mention)),
		);
	if (first === undefined) return undefined;
	const {mention, at} = first;
	const kindOf = ({kind}: Mention) => (kind === 'RoleBinding' ? 'Role' : kind);
	const isOnly = named.filter(isFree).every(other => kindOf(other.mention) === kindOf(mention) || other.at === at);
	return {kind: kindOf(mention), mention, name: at, isOnly};
}

/** What a wish wants to be made. */
export const headFor = async (wish: Wish, world: World): Promise<Head | undefined> => (await newlyNamedHead(wish, world)) ?? headOf(wish);
